import { execFileSync, spawn } from "node:child_process";
import { existsSync, openSync, readdirSync, readFileSync } from "node:fs";
import { cpus } from "node:os";

const TICKS_PER_SECOND = 100;

const hasTaskset = (() => {
  try {
    execFileSync("taskset", ["--version"], { stdio: "ignore" });
    return cpus().length > 1;
  } catch {
    return false;
  }
})();

/** Where a command runs on one core only; elsewhere it runs where it likes, and the report says so. */
export const pinned = (core, command) =>
  hasTaskset ? ["taskset", "-c", String(core), ...command] : command;
export const describePinning = () =>
  hasTaskset ? "servers on core 0, client on core 1" : "not pinned to cores: there is no taskset";

/** Starts a server with its output in a file, as a terminal would take it: without waiting for us. It ends with us at the latest. */
export const startServer = (command, log) => {
  const [program, ...rest] = pinned(0, [process.execPath, ...command]);
  const output = openSync(log, "w");
  const child = spawn(program, rest, { stdio: ["ignore", output, output] });
  const end = () => child.kill();
  process.once("exit", end);
  child.once("exit", () => process.off("exit", end));
  return child;
};

export const stopServer = (child) =>
  new Promise((resolve) => {
    child.on("exit", resolve);
    child.kill("SIGTERM");
  });

const readStat = (pid) => {
  const text = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
};

const tryRead = (read) => {
  try {
    return read();
  } catch {
    return undefined;
  }
};

/** A process and everything it started. */
const familyOf = (pid) => {
  const stats = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), ...tryRead(() => readStat(name)) }));
  const family = [pid];
  for (const member of family)
    family.push(...stats.filter(({ parent }) => parent === member).map((child) => child.pid));
  return family;
};

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

/** Seconds of processor time so far, or nothing where the system does not tell. */
export const processorSeconds = ({ pid }) =>
  existsSync("/proc/self/stat")
    ? sum(familyOf(pid).map((member) => tryRead(() => readStat(member))?.ticks ?? 0)) /
      TICKS_PER_SECOND
    : undefined;

const readMegabytes = (pid, field) => {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(new RegExp(`^${field}:\\s*(\\d+)`, "m").exec(status)?.[1] ?? 0) / 1024;
};

/** Resident megabytes of a process and its children: now (`VmRSS`) or at most so far (`VmHWM`). */
export const residentMegabytes = ({ pid }, field = "VmRSS") =>
  existsSync("/proc/self/status")
    ? sum(familyOf(pid).map((member) => tryRead(() => readMegabytes(member, field)) ?? 0))
    : Number.NaN;
