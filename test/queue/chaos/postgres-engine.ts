import { execFileSync } from "node:child_process";
import { chownSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { findFreePort } from "../../support/find-free-port";
import type { Engine } from "./engine";
import { keepRunning } from "./keep-running";

const DEBIAN = "/usr/lib/postgresql";

/** Where `postgres` and `initdb` are: on Debian not in the path, and of several versions the newest. */
const findPrograms = (): string => {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).map(Number) : [];
  const newest = Math.max(...versions.filter(Number.isFinite));
  if (Number.isFinite(newest)) return join(DEBIAN, String(newest), "bin");
  return execFileSync("pg_config", ["--bindir"], { encoding: "utf8" }).trim();
};

/** PostgreSQL refuses to run as root. */
const toUser = (): { readonly uid?: number; readonly gid?: number } => {
  if (process.getuid?.() !== 0) return {};
  const numberOf = (flag: string): number =>
    Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: numberOf("-u"), gid: numberOf("-g") };
};

/** A cluster of our own, with the settings that a new cluster has: each commit is on the disk before it is answered. */
export const startPostgres = async (folder: string): Promise<Engine> => {
  const programs = findPrograms();
  const data = join(folder, "data");
  const user = toUser();
  mkdirSync(data, { mode: 0o700 });
  if (user.uid !== undefined && user.gid !== undefined)
    for (const path of [folder, data]) chownSync(path, user.uid, user.gid);
  const options = { ...user, cwd: data };
  const settings = ["--pgdata", data, "--username", "postgres", "--auth", "trust"];
  execFileSync(join(programs, "initdb"), [...settings, "--encoding", "UTF8"], {
    ...options,
    stdio: "ignore",
  });
  const port = await findFreePort();
  const flags = ["-D", data, "-p", String(port), "-h", "127.0.0.1", "-k", "", "-c", "fsync=on"];
  const { kill, stop } = keepRunning(join(programs, "postgres"), flags, options);
  const version = execFileSync(join(programs, "postgres"), ["--version"], { encoding: "utf8" });
  return {
    version: version.trim(),
    fields: {
      connectionString: `postgres://postgres@127.0.0.1:${port}/postgres`,
      schema: "hookline",
    },
    kill,
    stop,
  };
};
