import { isAtRest, sync, toQuery } from "./wire/messages";

/** Somebody who uses the engine. */
export interface Client {
  /** A round is everything up to a point where the client waits for an answer. */
  readonly run: (round: Buffer) => void;
  /** Takes back what it has begun. Others go on. */
  readonly leave: () => void;
}

export interface Turns {
  readonly enter: (onAnswer: (bytes: Uint8Array) => void) => Client;
  /** Resolves once nothing runs. */
  readonly whenIdle: () => Promise<void>;
}

interface Turn {
  readonly client: symbol;
  readonly round: Buffer;
  readonly onAnswer: (bytes: Uint8Array) => void;
}

/** A round that was cut off is ended before its transaction can be. */
const TAKE_BACK = Buffer.concat([sync, toQuery("ROLLBACK")]);
/** Whatever the last clients have left behind in the one session: settings, statements, locks. */
const FORGET = toQuery("DISCARD ALL");
const ignore = (): void => undefined;

/**
 * Lets many clients use an engine that has one session. A turn is a whole round, because an unnamed statement lasts
 * from one message to the next; who is inside a transaction, or waits in the middle of a round, has the next turn too.
 */
export const createTurns = (execute: (round: Uint8Array) => Promise<Uint8Array>): Turns => {
  const clients = new Set<symbol>();
  let waiting: Turn[] = [];
  let owner: symbol | undefined;
  let running: Promise<void> | undefined;

  const next = (): Turn | undefined => {
    const index = owner === undefined ? 0 : waiting.findIndex(({ client }) => client === owner);
    return index < 0 ? undefined : waiting.splice(index, 1)[0];
  };
  const takeBack = async (): Promise<void> => {
    if (owner === undefined || clients.has(owner)) return;
    await execute(TAKE_BACK);
    owner = undefined;
  };
  const runAll = async (): Promise<void> => {
    await takeBack();
    for (let turn = next(); turn; turn = next()) {
      const answer = await execute(turn.round);
      owner = isAtRest(answer) ? undefined : turn.client;
      turn.onAnswer(answer);
      await takeBack();
    }
    running = undefined;
  };
  const start = (): void => {
    running ??= runAll();
  };
  const leave = (client: symbol): void => {
    if (!clients.delete(client)) return;
    waiting = waiting.filter((turn) => turn.client !== client);
    if (clients.size === 0) waiting.push({ client, round: FORGET, onAnswer: ignore });
    start();
  };
  return {
    enter: (onAnswer) => {
      const client = Symbol("client");
      clients.add(client);
      const run = (round: Buffer): void => {
        waiting.push({ client, round, onAnswer });
        start();
      };
      return { run, leave: () => leave(client) };
    },
    whenIdle: async () => {
      await running;
    },
  };
};
