import { execFileSync } from "node:child_process";
import { findFreePort } from "../../support/find-free-port";
import type { Engine } from "./engine";
import { keepRunning } from "./keep-running";

/** A server of our own that answers a write when it is on the disk. */
export const startRedis = async (folder: string): Promise<Engine> => {
  const port = await findFreePort();
  const network = ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder];
  const durability = ["--appendonly", "yes", "--appendfsync", "always", "--save", ""];
  const { kill, stop } = keepRunning("redis-server", [...network, ...durability], { cwd: folder });
  const version = execFileSync("redis-server", ["--version"], { encoding: "utf8" });
  return {
    version: version.trim().split(" ").slice(0, 3).join(" "),
    fields: { url: `redis://127.0.0.1:${port}/0`, prefix: "hookline" },
    kill,
    stop,
  };
};
