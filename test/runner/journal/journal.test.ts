import { statSync } from "node:fs";
import { join } from "node:path";
import {
  array,
  assert as assertProperty,
  asyncProperty,
  record,
  string,
  tuple,
  uint8Array,
} from "fast-check";
import { type Journal, openJournal, readJournal } from "../../../src/runner/journal/journal";
import { type OpenFile, openFromDisk } from "../../../src/runner/journal/journal-file";
import {
  collect,
  collectIds,
  createDirectory,
  listSegmentNames,
  removeDirectories,
  toSampleRequest,
} from "./sample-requests";

afterAll(removeDirectories);

const reopen = async (journal: Journal, directory: string) => {
  await journal.close();
  return openJournal({ directory });
};

test("a request comes back exactly, from the open journal, the reopened one and a bystander", async () => {
  const directory = createDirectory();
  const request = {
    ...toSampleRequest(1),
    headers: [
      ["X-Odd", "\u00e9\u0000\u0080\u00ff"],
      ["x-odd", ""],
      ["X-Odd", "again"],
      ["__proto__", "constructor"],
    ] as const,
    body: Buffer.from([0, 255, 13, 10, 195]),
  };
  const journal = await openJournal({ directory });
  await journal.append(request);
  expect(await collect(journal.read())).toEqual([request]);
  expect(await collect(readJournal({ directory }))).toEqual([request]);
  const again = await reopen(journal, directory);
  expect(await collect(again.read())).toEqual([request]);
  await again.close();
});

const text = () => string({ unit: "binary", maxLength: 30 });
// Lone surrogates are no code points, so "binary" leaves them out; node strings may hold them.
const brokenText = () => string({ maxLength: 3 }).map((value) => `${value}\ud800`);
const anyRequest = () =>
  record({
    id: text(),
    receivedAt: text(),
    flowId: brokenText(),
    method: text(),
    url: text(),
    headers: array(tuple(text(), text())),
    body: uint8Array({ maxLength: 600 }).map((bytes) => Buffer.from(bytes)),
  });

test("any strings, headers and bytes come back exactly and in order", async () => {
  const directory = createDirectory();
  let journal = await openJournal({ directory, segmentBytes: 20_000 });
  const expected: unknown[] = [];
  const appendsAtOnce = asyncProperty(array(anyRequest(), { maxLength: 6 }), async (requests) => {
    expected.push(...requests);
    await Promise.all(requests.map((request) => journal.append(request)));
  });
  await assertProperty(appendsAtOnce, { numRuns: 50 });
  expect(await collect(journal.read())).toEqual(expected);
  journal = await reopen(journal, directory);
  expect(await collect(journal.read())).toEqual(expected);
  await journal.close();
});

test("bodies of 6 MB survive beside small ones, also in segments smaller than they are", async () => {
  const directory = createDirectory();
  const journal = await openJournal({ directory, segmentBytes: 1024 * 1024 });
  const requests = [6_000_000, 10, 6_000_000, 0].map((bytes, n) => toSampleRequest(n, bytes));
  await Promise.all(requests.map((request) => journal.append(request)));
  const found = await collect(journal.read());
  expect(found.map(({ id, body }) => [id, body.length])).toEqual(
    requests.map(({ id, body }) => [id, body.length]),
  );
  expect(found.every(({ body }, n) => requests[n]?.body.equals(body))).toBe(true);
  await journal.close();
});

const countSyncs = () => {
  const counted = { syncs: 0 };
  const openFile: OpenFile = async (path, flags, mode) => {
    const file = await openFromDisk(path, flags, mode);
    const datasync = file.datasync.bind(file);
    file.datasync = () => {
      counted.syncs++;
      return datasync();
    };
    return file;
  };
  return { counted, openFile };
};

test("thousands of appends at once keep their order and share few fsyncs", async () => {
  const directory = createDirectory();
  const { counted, openFile } = countSyncs();
  const journal = await openJournal({ directory, openFile });
  const numbers = Array.from({ length: 5000 }, (_, n) => n);
  await Promise.all(numbers.map((n) => journal.append(toSampleRequest(n))));
  expect(counted.syncs).toBeLessThan(5);
  expect(await collectIds(journal.read())).toEqual(numbers.map(String));
  await journal.close();
});

test("writers that take turns keep sharing one fsync a round", async () => {
  const { counted, openFile } = countSyncs();
  const journal = await openJournal({ directory: createDirectory(), openFile });
  const writeTwenty = async () => {
    for (let round = 0; round < 20; round++) await journal.append(toSampleRequest(round));
  };
  await Promise.all(Array.from({ length: 16 }, writeTwenty));
  expect(counted.syncs).toBe(20);
  await journal.close();
});

test("nothing is read before it is synced", async () => {
  const openFile: OpenFile = async (path, flags, mode) => {
    const file = await openFromDisk(path, flags, mode);
    const datasync = file.datasync.bind(file);
    file.datasync = async () => {
      expect(await collectIds(journal.read())).toEqual([]);
      await datasync();
    };
    return file;
  };
  const journal = await openJournal({ directory: createDirectory(), openFile });
  await journal.append(toSampleRequest(1));
  expect(await collectIds(journal.read())).toEqual(["1"]);
  await journal.close();
});

test("an append that stands alone is synced by itself before it resolves", async () => {
  const { counted, openFile } = countSyncs();
  const journal = await openJournal({ directory: createDirectory(), openFile });
  for (const n of [1, 2, 3]) {
    await journal.append(toSampleRequest(n));
    expect(counted.syncs).toBe(n);
  }
  await journal.close();
});

test("close waits for what is pending and turns away what comes later", async () => {
  const directory = createDirectory();
  const journal = await openJournal({ directory });
  const appends = Array.from({ length: 100 }, (_, n) => journal.append(toSampleRequest(n)));
  let settled = 0;
  for (const append of appends) void append.then(() => settled++);
  await Promise.all([journal.close(), journal.close()]);
  expect(settled).toBe(100);
  await expect(journal.append(toSampleRequest(100))).rejects.toMatchObject({
    code: "JOURNAL_UNAVAILABLE",
    retryable: false,
    message: expect.stringContaining("closed"),
  });
  expect(await collectIds(readJournal({ directory }))).toHaveLength(100);
});

test("a reader beside a writer sees whole requests only, and may stop early", async () => {
  const directory = createDirectory();
  const journal = await openJournal({ directory, segmentBytes: 40_000 });
  await journal.append(toSampleRequest(0));
  const writing = Promise.all(
    Array.from({ length: 500 }, (_, n) => journal.append(toSampleRequest(n + 1, 2000))),
  );
  const reports: unknown[] = [];
  const options = { directory, onReport: (report: unknown) => reports.push(report) };
  for (let round = 0; round < 5; round++) {
    for (const read of [journal.read(), readJournal(options)]) {
      const ids = await collectIds(read);
      expect(ids).toEqual(ids.map((_, n) => String(n)));
    }
  }
  for await (const { id } of journal.read()) {
    expect(id).toBe("0");
    break;
  }
  await writing;
  expect(await collectIds(journal.read())).toHaveLength(501);
  expect(reports).toEqual([]);
  await journal.close();
});

test("memory stays bounded: appends beyond the waiting limit are turned away, to be sent again", async () => {
  const directory = createDirectory();
  const journal = await openJournal({ directory, maximumWaitingBytes: 100_000 });
  const appends = Array.from({ length: 30 }, (_, n) => journal.append(toSampleRequest(n, 10_000)));
  const outcomes = await Promise.allSettled(appends);
  const refused = outcomes.flatMap((outcome) =>
    outcome.status === "rejected" ? [outcome.reason] : [],
  );
  expect(refused.length).toBe(21);
  expect(refused[0]).toMatchObject({ code: "JOURNAL_UNAVAILABLE", retryable: true });
  await journal.append(toSampleRequest(30, 1_000_000));
  expect(await collectIds(journal.read())).toHaveLength(10);
  await journal.close();
});

test("a request larger than any record may be is turned away and harms nothing", async () => {
  const journal = await openJournal({ directory: createDirectory() });
  const tooLarge = { ...toSampleRequest(1), body: Buffer.alloc(32 * 1024 * 1024) };
  await expect(journal.append(tooLarge)).rejects.toMatchObject({
    code: "JOURNAL_UNAVAILABLE",
    retryable: false,
  });
  await journal.append(toSampleRequest(2));
  expect(await collectIds(journal.read())).toEqual(["2"]);
  await journal.close();
});

test("the captured requests are readable by this user only", async () => {
  const directory = join(createDirectory(), "deep", "journal");
  const journal = await openJournal({ directory });
  await journal.append(toSampleRequest(1));
  const [segment = ""] = listSegmentNames(directory);
  expect(statSync(directory).mode & 0o777).toBe(0o700);
  expect(statSync(join(directory, segment)).mode & 0o777).toBe(0o600);
  await journal.close();
});

test.each([0, -1, 1.5, Number.NaN])("a size of %p is refused by name", async (maximumBytes) => {
  const opening = openJournal({ directory: createDirectory(), maximumBytes });
  await expect(opening).rejects.toMatchObject({
    code: "CONFIGURATION_INVALID",
    message: expect.stringContaining("maximumBytes"),
  });
});

test("a journal that was never written reads as empty", async () => {
  expect(await collect(readJournal({ directory: join(createDirectory(), "none") }))).toEqual([]);
});
