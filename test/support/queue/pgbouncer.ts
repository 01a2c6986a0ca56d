import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFreePort } from "../find-free-port";

/** A user without any rights: the proxy refuses to be run by root. */
const NOBODY = 65_534;

export const isPgbouncerHere = (): boolean =>
  spawnSync("pgbouncer", ["--version"]).error === undefined;

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    const end = (isThere: boolean) => () => {
      socket.destroy();
      resolve(isThere);
    };
    socket.on("connect", end(true)).on("error", end(false));
  });

const toConfiguration = (address: string, port: number, checks: readonly string[]): string => {
  const url = new URL(address);
  const login = [
    `host=${url.hostname} port=${url.port || 5432}`,
    `user=${decodeURIComponent(url.username)}`,
    url.password === "" ? "" : `password='${decodeURIComponent(url.password)}'`,
  ].join(" ");
  return `[databases]
* = ${login}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
pool_mode = transaction
default_pool_size = 3
${checks.join("\n")}
`;
};

/**
 * Gives each transaction any of three sessions, as hosted databases do.
 *
 * @param password Asked for, of a user "guest", where given; otherwise anybody may come.
 */
export const startPgbouncer = async (address: string, password?: string) => {
  const folder = mkdtempSync(join(tmpdir(), "hookline-pgbouncer-"));
  chmodSync(folder, 0o755);
  const port = await findFreePort();
  const file = join(folder, "pgbouncer.ini");
  const users = join(folder, "users.txt");
  writeFileSync(users, `"guest" "${password}"\n`, { mode: 0o644 });
  const checks =
    password === undefined
      ? ["auth_type = any"]
      : ["auth_type = scram-sha-256", `auth_file = ${users}`];
  writeFileSync(file, toConfiguration(address, port, checks), { mode: 0o644 });
  const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  const proxy = spawn("pgbouncer", ["--quiet", file], { stdio: "ignore", ...user });
  const ended = once(proxy, "exit");
  while (!(await answers(port)))
    if (proxy.exitCode !== null) throw new Error(`pgbouncer ended with ${proxy.exitCode}`);
  const url = new URL(address);
  url.host = `127.0.0.1:${port}`;
  return {
    address: url.href,
    close: async (): Promise<void> => {
      proxy.kill("SIGKILL");
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
};
