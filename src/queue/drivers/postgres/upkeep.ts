import { HooklineError } from "../../../errors";
import type { QueueDriver } from "../../driver";
import type { KeyStatus } from "../../queue-status";
import type { Calls } from "./calls";
import { readStoredText } from "./stored-text";

type Upkeep = Pick<QueueDriver, "stats" | "ensure" | "remove">;

/** Rows that are removed in one transaction: few enough for bodies of a megabyte. */
const CHUNK = 2_000;

interface StatusRow {
  readonly ready: string;
  readonly delayed: string;
  readonly leased: string;
  readonly blocked: string;
  readonly dead: string;
  readonly blocked_keys: string;
  readonly oldest_ready_seconds: number | null;
  readonly oldest_keys:
    | readonly {
        readonly key: string;
        readonly messages: number;
        readonly seconds: number;
        readonly state: KeyStatus["state"];
      }[]
    | null;
}

/** Settings of the server that let it forget what it has confirmed. */
const durability = [
  ["fsync", "a crash of the server's machine can lose or damage everything"],
  ["synchronous_commit", "a crash of the server can lose the messages of its last moments"],
  ["full_page_writes", "a crash of the server's machine can damage what is stored"],
] as const;

/** A queue that is there already is found on a replica too. */
const onlyReads = (): HooklineError =>
  new HooklineError(
    "QUEUE_UNAVAILABLE",
    "PostgreSQL: transactions can only read here. This is a replica, or the user may only read. Connect to the primary, as a user whose default_transaction_read_only is off.",
    { retryable: true },
  );

export const createUpkeep = ({ call, ask }: Calls): Upkeep => ({
  stats: async (queue) => {
    const [row] = await call<StatusRow>("status", [queue]);
    return {
      ready: Number(row?.ready ?? 0),
      delayed: Number(row?.delayed ?? 0),
      leased: Number(row?.leased ?? 0),
      blocked: Number(row?.blocked ?? 0),
      dead: Number(row?.dead ?? 0),
      blockedKeys: Number(row?.blocked_keys ?? 0),
      oldestReadySeconds: row?.oldest_ready_seconds ?? null,
      oldestKeys: (row?.oldest_keys ?? []).map(({ key, messages, seconds, state }) => ({
        orderingKey: readStoredText(key),
        messages,
        waitingSeconds: seconds,
        state,
      })),
    };
  },
  ensure: async (queue) => {
    await call("open_queue", [queue]);
    const settings = durability.map(([name]) => `current_setting('${name}') as ${name}`).join();
    const [row] = await ask<Record<string, string>>(
      `select ${settings}, current_setting('transaction_read_only') as read_only`,
    );
    if (row?.read_only === "on") throw onlyReads();
    return {
      warnings: durability.flatMap(([name, consequence]) =>
        row?.[name] === "off" ? [`PostgreSQL runs with ${name} = off: ${consequence}.`] : [],
      ),
    };
  },
  remove: async (queue) => {
    await call("remove", [queue]);
    for (;;) {
      const [row] = await call<{ answer: boolean }>("sweep", [CHUNK]);
      if (!row?.answer) return;
    }
  },
});
