import { execFile } from "node:child_process";
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";

export const projectRoot = path.join(__dirname, "..", "..");

const targets = {
  component: { output: "dist/index.js", ignoredSources: /^(runner|stand-ins)[\\/]/ },
  runner: { output: "build/hookline.js", ignoredSources: /^(component|delivery)[\\/]/ },
} as const;
type Target = keyof typeof targets;

const changedAt = (file: string): number =>
  statSync(path.join(projectRoot, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;

const isStale = (target: Target): boolean => {
  const { output, ignoredSources } = targets[target];
  const sources = readdirSync(path.join(projectRoot, "src"), { recursive: true, encoding: "utf8" })
    .filter((file) => !ignoredSources.test(file))
    .map((file) => path.join("src", file));
  const inputs = [...sources, "package-lock.json", "webpack.config.js", "assets/icon.png"];
  return Math.max(...inputs.map(changedAt)) > changedAt(output);
};

const cacheFolder = path.join(projectRoot, "node_modules", ".cache");
const lockFile = path.join(cacheFolder, "hookline-build.lock");

/** An error of Node's own is of another realm than the test's `Error`. */
const hasCode = (error: unknown, code: string): boolean =>
  typeof error === "object" && error !== null && "code" in error && error.code === code;

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, "EPERM");
  }
};

/** A worker that was killed leaves its lock behind. Renaming is atomic, so only one of the others takes it away. */
const removeAbandonedLock = (): void => {
  try {
    const holder = Number(readFileSync(lockFile, "utf8"));
    if (holder === 0 || isRunning(holder)) return;
    const taken = `${lockFile}.${process.pid}`;
    renameSync(lockFile, taken);
    rmSync(taken);
  } catch (error) {
    if (!hasCode(error, "ENOENT")) throw error;
  }
};

const tryLock = (): boolean => {
  try {
    writeFileSync(lockFile, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error;
    removeAbandonedLock();
    return false;
  }
};

/** Webpack leaves an output alone whose content did not change, so its age is set here; to the start, as sources may change meanwhile. */
const build = async (target: Target): Promise<void> => {
  const startedAt = new Date();
  const webpack = path.join(projectRoot, "node_modules", "webpack-cli", "bin", "cli.js");
  await promisify(execFile)(process.execPath, [webpack, "--config-name", target], {
    cwd: projectRoot,
  });
  utimesSync(path.join(projectRoot, targets[target].output), startedAt, startedAt);
};

/**
 * Builds what is older than its sources and returns the path of the bundle. Jest workers that ask at the same time wait
 * for one of them: even looking at the age needs the lock, as a bundle that is being written looks new.
 */
export const ensureBuilt = async (target: Target = "component"): Promise<string> => {
  mkdirSync(cacheFolder, { recursive: true });
  while (!tryLock()) await delay(50);
  try {
    if (isStale(target)) await build(target);
  } finally {
    rmSync(lockFile);
  }
  return path.join(projectRoot, targets[target].output);
};
