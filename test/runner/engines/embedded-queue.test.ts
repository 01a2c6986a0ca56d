import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compileProgram } from "../support/compiled-program";
import { createFolder } from "../support/running";
import { waitUntil } from "../support/wait-until";
import { ask, connect, copyMadeFolder, openTestQueue } from "./queue-folder";

const enginesOf = (pid = process.pid): string[] =>
  readdirSync(`/proc/${pid}/task`)
    .flatMap((task) => readChildren(`/proc/${pid}/task/${task}/children`))
    .filter((child) => readCommand(child).includes("--run-queue-engine"));

const read = (file: string): string => {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
};
const readChildren = (file: string): string[] => read(file).split(" ").filter(Boolean);
const readCommand = (pid: string): string => read(`/proc/${pid}/cmdline`);

const findEngine = (folder: string): number => {
  const pid = enginesOf().find((child) => readCommand(child).includes(folder));
  if (!pid) throw new Error(`No engine of ${folder}.`);
  return Number(pid);
};

test("nothing is started or written before the first connection, which starts it and says so", async () => {
  const queue = await openTestQueue();
  expect(readdirSync(queue.folder)).toEqual([]);
  expect(enginesOf()).toEqual([]);
  expect(await ask(queue.connectionString, "select 1 + 1")).toEqual([2]);
  expect(queue.lines).toEqual([
    `Embedded queue | info Starting PostgreSQL in ${join(queue.folder, "postgres")} …`,
    expect.stringMatching(/^Embedded queue \| info Ready after \d+\.\d s\.$/),
  ]);
  await queue.close();
  expect(enginesOf()).toEqual([]);
});

test("what was written is there after the next start, and nobody is let in with another password", async () => {
  const folder = await copyMadeFolder();
  const first = await openTestQueue(folder);
  await ask(first.connectionString, "insert into seen values (1, 1)");
  await first.close();
  const second = await openTestQueue(folder);
  expect(second.connectionString).not.toBe(first.connectionString);
  const stranger = second.connectionString.replace(/:[^:@]+@/, ":guessed@");
  await expect(ask(stranger, "select 1")).rejects.toMatchObject({ code: "28P01" });
  await expect(ask(first.connectionString, "select 1")).rejects.toThrow();
  expect(await ask(second.connectionString, "select number from seen")).toEqual([1]);
  await second.close();
});

test("a second runner in the same folder is refused in one line, and the first goes on", async () => {
  const folder = await copyMadeFolder();
  const first = await openTestQueue(folder);
  await ask(first.connectionString, "insert into seen values (1, 1)");
  const second = await openTestQueue(folder);
  await expect(ask(second.connectionString, "select 1")).rejects.toThrow();
  await waitUntil(() => second.lines.length > 1);
  expect(second.lines.at(-1)).toMatch(
    /error It did not start: Another runner \(process \d+\) already has its embedded queue in .*delete .*lock-/,
  );
  expect(await ask(first.connectionString, "select count(*)::int from seen")).toEqual([1]);
  await first.close();
  let answer: unknown;
  while (answer === undefined)
    [answer] = await ask(second.connectionString, "select count(*)::int from seen").catch(() => []);
  expect(answer).toBe(1);
  await second.close();
});

test("an engine that is killed loses nothing committed, says so once, and is started by the next connection", async () => {
  const queue = await openTestQueue(await copyMadeFolder());
  const client = await connect(queue.connectionString);
  let committed = 0;
  const writing = (async () => {
    for (;;) {
      await client.query("insert into seen values ($1, 1)", [committed + 1]);
      committed += 1;
    }
  })();
  const cut = expect(writing).rejects.toThrow();
  await waitUntil(() => committed > 200);
  process.kill(findEngine(queue.folder), "SIGKILL");
  await cut;
  await waitUntil(() => queue.lines.some((line) => line.includes("| error")));
  const trouble = queue.lines.filter((line) => line.includes("| error"));
  expect(trouble).toEqual([
    "Embedded queue | error It ended: it was ended by SIGKILL. Its clients were cut off; what was committed is kept, and the next connection starts it again.",
  ]);
  let kept: unknown;
  while (kept === undefined)
    [kept] = await ask(queue.connectionString, "select max(number) from seen").catch(() => []);
  expect([committed, committed + 1]).toContain(kept);
  expect(await ask(queue.connectionString, "select count(*)::int from seen")).toEqual([kept]);
  await queue.close();
});

test("where the build has put no empty database beside the program, one is made", async () => {
  const queue = await openTestQueue(createFolder(), compileProgram());
  expect(await ask(queue.connectionString, "select 1")).toEqual([1]);
  await queue.close();
});

test("a database whose making was cut off is made anew", async () => {
  const folder = createFolder();
  mkdirSync(join(folder, "postgres/data"), { recursive: true });
  writeFileSync(join(folder, "postgres/data/PG_VERSION"), "18\n");
  const queue = await openTestQueue(folder);
  expect(await ask(queue.connectionString, "select 1")).toEqual([1]);
  await queue.close();
});

test("an engine that cannot start says why, and tries again with the next connection", async () => {
  const folder = createFolder();
  writeFileSync(join(folder, "postgres"), "");
  const queue = await openTestQueue(folder);
  await expect(ask(queue.connectionString, "select 1")).rejects.toThrow();
  await waitUntil(() => queue.lines.length > 1);
  expect(queue.lines.at(-1)).toMatch(/error It did not start: EEXIST.*The next connection tries/);
  rmSync(join(folder, "postgres"));
  let answer: unknown;
  while (answer === undefined)
    [answer] = await ask(queue.connectionString, "select 1").catch(() => []);
  expect(answer).toBe(1);
  await queue.close();
  expect(existsSync(join(folder, "postgres/data"))).toBe(true);
});
