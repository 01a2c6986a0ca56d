import type { Redis } from "ioredis";
import type { Address, Node } from "./address";
import { endClient, openClient } from "./open-client";
import { waitFor } from "./patience";

/** The client of one server: opened on first use, and opened anew after it broke. */
export interface HeldClient {
  /** @throws what the client throws */
  readonly reach: () => Promise<Redis>;
  /** The client, if there is one. */
  readonly current: () => Redis | undefined;
  readonly drop: (broken: Redis) => void;
  readonly close: () => void;
}

/** A process that was frozen for so long may have a connection that nobody answers; asking first costs a round trip. */
const RESTED_MILLISECONDS = 30_000;
const PING_PATIENCE = 1_000;

/** Whether it still answers, if it has rested for long. */
const isAlive = async (client: Redis, lastUse: number, giveUp: () => void): Promise<boolean> => {
  if (performance.now() - lastUse < RESTED_MILLISECONDS) return true;
  try {
    await waitFor(client.ping(), PING_PATIENCE, giveUp);
    return true;
  } catch {
    giveUp();
    return false;
  }
};

export const holdClient = (node: Node, address: Address): HeldClient => {
  let client: Redis | undefined;
  let opening: Promise<Redis> | undefined;
  let lastUse = 0;
  let isClosed = false;

  const forget = (gone: Redis): void => {
    if (client === gone) client = undefined;
  };

  const drop = (broken: Redis): void => {
    forget(broken);
    endClient(broken);
  };

  const open = async (): Promise<Redis> => {
    const opened = await openClient(node, address);
    opened.once("close", () => forget(opened));
    if (isClosed) endClient(opened);
    else client = opened;
    return opened;
  };

  return {
    reach: async () => {
      const known = client;
      const rested = lastUse;
      lastUse = performance.now();
      if (known && (await isAlive(known, rested, () => drop(known)))) return known;
      opening ??= open().finally(() => {
        opening = undefined;
      });
      return opening;
    },
    current: () => client,
    drop,
    close: () => {
      isClosed = true;
      if (client) drop(client);
    },
  };
};
