import type { Redis } from "ioredis";
import { HooklineError } from "../../../../errors";

const OLDEST = [6, 2] as const;

/** A service that does not tell its version is taken at its word that it is a Redis. */
const readInfo = async (client: Redis): Promise<string> => {
  try {
    return String(await client.call("INFO", "server"));
  } catch (error) {
    if (/^(NOPERM|ERR unknown)/.test(String((error as Error).message))) return "";
    throw error;
  }
};

/** @throws HooklineError QUEUE_UNUSABLE */
export const checkVersion = async (client: Redis): Promise<void> => {
  const [, version = "", major, minor] =
    /^redis_version:((\d+)\.(\d+)[^\r\n]*)/m.exec(await readInfo(client)) ?? [];
  if (version === "") return;
  const distance = Number(major) - OLDEST[0] || Number(minor) - OLDEST[1];
  if (distance >= 0) return;
  throw new HooklineError(
    "QUEUE_UNUSABLE",
    `Redis is of version ${version}, and queues need ${OLDEST.join(".")} or later. Update the server, or choose another one.`,
  );
};
