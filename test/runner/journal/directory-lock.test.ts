import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import fs from "node:fs/promises";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { openJournal } from "../../../src/runner/journal/journal";
import { compileTestProgram } from "../support/compiled-program";
import { createDirectory, removeDirectories, toSampleRequest } from "./sample-requests";

const children: ChildProcess[] = [];
afterAll(removeDirectories);
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

const startHolder = async (directory: string) => {
  const program = [compileTestProgram("holder-program"), directory];
  const child = spawn(process.execPath, program, { stdio: ["pipe", "pipe", "inherit"] });
  children.push(child);
  const [outcome] = await once(child.stdout.setEncoding("utf8"), "data");
  return { child, outcome };
};

const kill = async (child: ChildProcess) => {
  child.kill("SIGKILL");
  await once(child, "exit");
};

const findLocks = (directory: string) =>
  readdirSync(directory).filter((name) => name.startsWith("lock-"));

const taken = { code: "JOURNAL_UNAVAILABLE", message: expect.stringContaining("already writes") };

test("a journal that is open here cannot be opened again until it is closed", async () => {
  const directory = createDirectory();
  const journal = await openJournal({ directory });
  await expect(openJournal({ directory })).rejects.toMatchObject(taken);
  await journal.append(toSampleRequest(1));
  await journal.close();
  expect(findLocks(directory)).toEqual([]);
  await (await openJournal({ directory })).close();
});

test("a journal open in another process is refused, naming it; once that is killed, it is taken over", async () => {
  const directory = createDirectory();
  const { child, outcome } = await startHolder(directory);
  expect(outcome).toBe("open");
  const message = expect.stringMatching(new RegExp(`process ${child.pid}\\b.*delete .*lock-`));
  await expect(openJournal({ directory })).rejects.toMatchObject({ ...taken, message });
  await kill(child);
  const journal = await openJournal({ directory });
  expect(findLocks(directory)).toHaveLength(1);
  await journal.close();
});

test("of several that start at once after a crash, one gets the journal", async () => {
  const directory = createDirectory();
  await kill((await startHolder(directory)).child);
  const outcomes = await Promise.all([1, 2, 3, 4].map(() => startHolder(directory)));
  expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual([
    ...Array(3).fill("JOURNAL_UNAVAILABLE"),
    "open",
  ]);
});

test("whoever comes first by name waits a moment for a rival to give way", async () => {
  const directory = createDirectory();
  const rival = join(directory, "lock-ffffffff-1-unknown-0123456789abcdef");
  writeFileSync(rival, "");
  const listing = jest.spyOn(fs, "readdir");
  const opening = openJournal({ directory });
  while (listing.mock.results.length === 0) await nextTurn();
  expect(await listing.mock.results[0]?.value).toHaveLength(2);
  rmSync(rival);
  await (await opening).close();
  listing.mockRestore();
});

test("the lock of a dead process whose id was given to another one is taken over", async () => {
  const directory = createDirectory();
  const journal = await openJournal({ directory });
  const [lock = ""] = findLocks(directory);
  const ofEarlierProcess = lock.replace(/-[0-9a-f]{8}-([0-9a-f]{16})$/, "-00000000-$1");
  expect(ofEarlierProcess).not.toBe(lock);
  renameSync(join(directory, lock), join(directory, ofEarlierProcess));
  const heir = await openJournal({ directory });
  expect(findLocks(directory)).not.toContain(ofEarlierProcess);
  await heir.close();
  await journal.close();
});

test("the lock of another machine cannot be judged and is respected", async () => {
  const directory = createDirectory();
  writeFileSync(join(directory, "lock-00000000-1-unknown-0123456789abcdef"), "");
  await expect(openJournal({ directory })).rejects.toMatchObject(taken);
  expect(findLocks(directory)).toHaveLength(1);
});

test("a lock that was deleted while in use is taken again before the next segment", async () => {
  const directory = createDirectory();
  const journal = await openJournal({ directory, segmentBytes: 500 });
  await journal.append(toSampleRequest(1));
  for (const lock of findLocks(directory)) rmSync(join(directory, lock));
  await journal.append(toSampleRequest(2, 500));
  await expect(openJournal({ directory })).rejects.toMatchObject(taken);
  await journal.close();
});

test("a lock that was deleted and taken by another process stops the first from writing on", async () => {
  const directory = createDirectory();
  const journal = await openJournal({ directory, segmentBytes: 500 });
  await journal.append(toSampleRequest(1));
  for (const lock of findLocks(directory)) rmSync(join(directory, lock));
  const { outcome } = await startHolder(directory);
  expect(outcome).toBe("open");
  await expect(journal.append(toSampleRequest(2, 500))).rejects.toMatchObject(taken);
  await journal.close();
});
