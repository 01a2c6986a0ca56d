import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openJournal, readJournal } from "../../../src/runner/journal/journal";
import {
  type JournalFile,
  type OpenFile,
  openFromDisk,
} from "../../../src/runner/journal/journal-file";
import { compileTestProgram } from "../support/compiled-program";
import {
  collect,
  collectIds,
  createDirectory,
  listSegmentNames,
  removeDirectories,
  toSampleRequest,
} from "./sample-requests";

afterAll(removeDirectories);

const toSystemError = (code: string) => Object.assign(new Error(`${code}: injected`), { code });

/** Real files, except for what `change` does to them. */
const openChanged =
  (change: (file: JournalFile, path: string) => void): OpenFile =>
  async (path, flags, mode) => {
    const file = await openFromDisk(path, flags, mode);
    change(file, path);
    return file;
  };

/** A disk with room for so many bytes; what does not fit is written in part, as a real one does. */
const createDisk = (freeBytes: number) => {
  const disk = { freeBytes };
  const openFile = openChanged((file) => {
    const write = file.write.bind(file);
    file.write = async (buffer, offset, length, position) => {
      const fitting = Math.min(length, disk.freeBytes);
      if (fitting === 0) throw toSystemError("ENOSPC");
      disk.freeBytes -= fitting;
      return write(buffer, offset, fitting, position);
    };
  });
  return { disk, openFile };
};

const appendAll = async (journal: Awaited<ReturnType<typeof openJournal>>, numbers: number[]) => {
  const stored: string[] = [];
  const errors: unknown[] = [];
  for (const number of numbers) {
    const append = journal.append(toSampleRequest(number));
    await append.then(
      () => stored.push(String(number)),
      (error) => errors.push(error),
    );
  }
  return { stored, errors };
};

test("a disk that is full at any point costs only what it refused, and the journal goes on with room", async () => {
  for (let freeBytes = 0; freeBytes < 1000; freeBytes += 31) {
    const directory = createDirectory();
    const { disk, openFile } = createDisk(freeBytes);
    const reports: unknown[] = [];
    const onReport = (report: unknown) => reports.push(report);
    const journal = await openJournal({ directory, openFile, onReport });
    const { stored, errors } = await appendAll(journal, [0, 1, 2, 3, 4]);
    expect(errors[0]).toMatchObject({
      code: "JOURNAL_UNAVAILABLE",
      retryable: true,
      message: expect.stringMatching(/disk is full.*Free some space/),
    });
    disk.freeBytes = Number.POSITIVE_INFINITY;
    const later = await appendAll(journal, [5, 6]);
    expect(later.stored).toEqual(["5", "6"]);
    const expected = [...stored, "5", "6"];
    expect(await collectIds(journal.read())).toEqual(expected);
    await journal.close();
    expect(await collectIds(readJournal({ directory, onReport }))).toEqual(expected);
    expect(reports).toEqual([]);
    expect(listSegmentNames(directory).length).toBeLessThanOrEqual(2);
  }
});

test("appends that waited together are refused together, and nothing of them remains", async () => {
  const directory = createDirectory();
  const { disk, openFile } = createDisk(1000);
  const journal = await openJournal({ directory, openFile });
  const appends = Array.from({ length: 50 }, (_, n) => journal.append(toSampleRequest(n)));
  const outcomes = await Promise.allSettled(appends);
  expect(outcomes.every(({ status }) => status === "rejected")).toBe(true);
  disk.freeBytes = 1_000_000;
  await journal.append(toSampleRequest(50));
  expect(await collectIds(journal.read())).toEqual(["50"]);
  await journal.close();
});

test("a failed sync refuses the append, and the segment that it left in doubt is not written again", async () => {
  const directory = createDirectory();
  const failures = ["", "EIO"];
  const openFile = openChanged((file) => {
    const datasync = file.datasync.bind(file);
    file.datasync = async () => {
      const code = failures.shift();
      if (code) throw toSystemError(code);
      return datasync();
    };
  });
  const journal = await openJournal({ directory, openFile });
  const { stored, errors } = await appendAll(journal, [1, 2, 3]);
  expect(stored).toEqual(["1", "3"]);
  expect(errors).toMatchObject([{ code: "JOURNAL_UNAVAILABLE", retryable: false }]);
  expect(await collect(journal.read())).toEqual([toSampleRequest(1), toSampleRequest(3)]);
  expect(listSegmentNames(directory)).toHaveLength(2);
  await journal.close();
});

test("what a disk neither writes nor takes back is reported later, and harms nothing behind it", async () => {
  const directory = createDirectory();
  const { disk, openFile: openLimited } = createDisk(500);
  const openFile: OpenFile = async (path, flags, mode) => {
    const file = await openLimited(path, flags, mode);
    file.truncate = async () => Promise.reject(toSystemError("EIO"));
    return file;
  };
  const reports: unknown[] = [];
  const onReport = (report: unknown) => reports.push(report);
  const journal = await openJournal({ directory, openFile, onReport });
  const { stored } = await appendAll(journal, [1, 2]);
  expect(stored).toEqual(["1"]);
  disk.freeBytes = 1_000_000;
  await journal.append(toSampleRequest(3));
  expect(await collectIds(journal.read())).toEqual(["1", "3"]);
  expect(reports).toMatchObject([{ kind: "damage-skipped" }]);
  await journal.close();
});

test.each([
  ["EACCES", false, /write permission/],
  ["EROFS", false, /read-only/],
  ["EMFILE", true, /ulimit -n/],
  ["EDQUOT", true, /disk is full/],
  ["EWHATEVER", false, /EWHATEVER/],
])("%s on a new segment says what to do", async (code, retryable, message) => {
  const openFile: OpenFile = async () => Promise.reject(toSystemError(code));
  const journal = await openJournal({ directory: createDirectory(), openFile });
  await expect(journal.append(toSampleRequest(1))).rejects.toMatchObject({
    code: "JOURNAL_UNAVAILABLE",
    retryable,
    message: expect.stringMatching(message),
  });
  await journal.close();
});

test("a directory that vanishes refuses the append that would be lost with it, and comes back with the next", async () => {
  const directory = join(createDirectory(), "journal");
  const journal = await openJournal({ directory });
  await journal.append(toSampleRequest(1));
  rmSync(directory, { recursive: true });
  await expect(journal.append(toSampleRequest(2))).rejects.toMatchObject({
    code: "JOURNAL_UNAVAILABLE",
    retryable: true,
    message: expect.stringContaining("vanished"),
  });
  await journal.append(toSampleRequest(3));
  expect(await collectIds(journal.read())).toEqual(["3"]);
  await expect(openJournal({ directory })).rejects.toMatchObject({ code: "JOURNAL_UNAVAILABLE" });
  await journal.close();
});

test("a file where the directory should be is named", async () => {
  const path = join(createDirectory(), "taken");
  writeFileSync(path, "");
  for (const directory of [path, join(path, "below")]) {
    await expect(openJournal({ directory })).rejects.toMatchObject({
      code: "JOURNAL_UNAVAILABLE",
      message: expect.stringMatching(/taken.*in the way/),
    });
  }
});

test("a journal that cannot be recovered releases its lock", async () => {
  const directory = createDirectory();
  const first = await openJournal({ directory });
  await first.append(toSampleRequest(1));
  await first.close();
  const openFile: OpenFile = async () => Promise.reject(toSystemError("EACCES"));
  await expect(openJournal({ directory, openFile })).rejects.toMatchObject({
    code: "JOURNAL_UNAVAILABLE",
  });
  const journal = await openJournal({ directory });
  expect(await collectIds(journal.read())).toEqual(["1"]);
  await journal.close();
});

test("a process that may write 32 kB a file is refused by the system, and goes on in the next segment", async () => {
  const directory = createDirectory();
  const program = compileTestProgram("limited-program");
  const command = `ulimit -f 64; exec "${process.execPath}" "${program}" "${directory}"`;
  const child = spawn("/bin/sh", ["-c", command], { stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  expect(await once(child, "close")).toEqual([0, null]);
  const outcomes = output
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const stored = outcomes.filter(({ isStored }) => isStored).map(({ number }) => String(number));
  const refused = outcomes.filter(({ isStored }) => !isStored);
  expect(refused.length).toBeGreaterThanOrEqual(2);
  for (const { code, retryable, message } of refused) {
    expect({ code, retryable }).toEqual({ code: "JOURNAL_UNAVAILABLE", retryable: true });
    expect(message).toContain("ulimit -f");
  }
  expect(stored.length).toBeGreaterThan(80);
  const reports: unknown[] = [];
  const onReport = (report: unknown) => reports.push(report);
  expect(await collectIds(readJournal({ directory, onReport }))).toEqual(stored);
  expect(reports).toEqual([]);
});
