import { statSync } from "node:fs";
import fs from "node:fs/promises";
import { join } from "node:path";
import { openJournal } from "../../../src/runner/journal/journal";
import {
  collectIds,
  createDirectory,
  listSegmentNames,
  removeDirectories,
  toSampleRequest,
} from "./sample-requests";

afterAll(removeDirectories);
afterEach(() => jest.restoreAllMocks());

const sizeOnDisk = (directory: string) =>
  listSegmentNames(directory).reduce((sum, name) => sum + statSync(join(directory, name)).size, 0);

test("the oldest whole segments go once the journal outgrows its size, and never more than that", async () => {
  const directory = createDirectory();
  const limits = { maximumBytes: 20_000, segmentBytes: 4000 };
  let journal = await openJournal({ directory, ...limits });
  for (let number = 0; number < 90; number++) {
    await journal.append(toSampleRequest(number, 500));
    expect(sizeOnDisk(directory)).toBeLessThanOrEqual(limits.maximumBytes);
    if (number % 40 !== 39) continue;
    await journal.close();
    journal = await openJournal({ directory, ...limits });
  }
  const ids = (await collectIds(journal.read())).map(Number);
  expect(ids).toEqual(Array.from({ length: ids.length }, (_, n) => 90 - ids.length + n));
  expect(sizeOnDisk(directory)).toBeGreaterThan(limits.maximumBytes - limits.segmentBytes);
  await journal.close();
});

test("no segment exceeds its size, also in a burst", async () => {
  const directory = createDirectory();
  const journal = await openJournal({ directory, segmentBytes: 10_000 });
  await Promise.all(Array.from({ length: 100 }, (_, n) => journal.append(toSampleRequest(n, 700))));
  const sizes = listSegmentNames(directory).map((name) => statSync(join(directory, name)).size);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(10_000);
  expect(Math.min(...sizes.slice(0, -1))).toBeGreaterThan(8000);
  expect(await collectIds(journal.read())).toHaveLength(100);
  await journal.close();
});

test("the segment in use stays, even if it alone is too large", async () => {
  const directory = createDirectory();
  const journal = await openJournal({ directory, maximumBytes: 1000, segmentBytes: 500 });
  for (const number of [1, 2, 3]) {
    await journal.append(toSampleRequest(number, 5000));
    expect(await collectIds(journal.read())).toEqual([String(number)]);
  }
  await journal.close();
});

test("a reader goes on with what is left when segments are deleted under it", async () => {
  const directory = createDirectory();
  const journal = await openJournal({ directory, maximumBytes: 20_000, segmentBytes: 4000 });
  for (let number = 0; number < 20; number++) await journal.append(toSampleRequest(number, 500));
  const reader = journal.read()[Symbol.asyncIterator]();
  const seen = [Number((await reader.next()).value.id)];
  for (let number = 20; number < 60; number++) await journal.append(toSampleRequest(number, 500));
  for (let next = await reader.next(); !next.done; next = await reader.next()) {
    seen.push(Number(next.value.id));
  }
  expect(seen[0]).toBe(0);
  expect(seen).toEqual([...seen].sort((one, other) => one - other));
  await journal.close();
});

test("a segment that cannot be deleted is reported, and goes with the next rotation", async () => {
  const directory = createDirectory();
  const reports: unknown[] = [];
  const journal = await openJournal({
    directory,
    maximumBytes: 9000,
    segmentBytes: 4000,
    onReport: (report) => reports.push(report),
  });
  const refusal = Object.assign(new Error("refused"), { code: "EPERM" });
  jest.spyOn(fs, "unlink").mockRejectedValueOnce(refusal);
  for (let number = 0; number < 60; number++) await journal.append(toSampleRequest(number, 500));
  const file = join(directory, "000000000001.journal");
  expect(reports).toMatchObject([{ kind: "segment-not-removed", file }]);
  expect(sizeOnDisk(directory)).toBeLessThanOrEqual(9000);
  await journal.close();
});
