import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { FromDatabase, ToDatabase } from "./database-messages";
import { DATABASE_ARGUMENT } from "./engine-argument";

/** A database in a thread of this process. */
export interface Database {
  /** Runs whole rounds of the wire protocol, once the database is open; not called again before it has answered. */
  readonly execute: (round: Uint8Array) => Promise<Uint8Array>;
  readonly close: () => Promise<void>;
}

export interface DatabaseOptions {
  /** This process has it for itself. */
  readonly directory: string;
  readonly onOpen: () => void;
  /** It cannot be opened, or has crashed. */
  readonly onFailure: (error: unknown) => void;
}

/** Nobody waits that long for an answer; a crash in WebAssembly may show as a statement without an end. */
const LONGEST_ROUND_MILLISECONDS = 120_000;

const startWatch = (onFailure: (error: unknown) => void): NodeJS.Timeout =>
  setTimeout(
    () => onFailure(new Error("A statement did not come to an end.")),
    LONGEST_ROUND_MILLISECONDS,
  );

export const openDatabase = ({ directory, onOpen, onFailure }: DatabaseOptions): Database => {
  const worker = new Worker(process.argv[1] ?? "", { argv: [DATABASE_ARGUMENT, directory] });
  let answer: (bytes: Uint8Array) => void = () => undefined;
  let isClosing = false;
  const send = (message: ToDatabase): void => worker.postMessage(message);
  worker.on("message", (message: FromDatabase) => {
    if (message === "open") onOpen();
    else answer(message);
  });
  worker.on("error", onFailure);
  worker.on("exit", (code) => {
    if (!isClosing) onFailure(new Error(`PostgreSQL ended with code ${code}.`));
  });
  return {
    execute: (round) =>
      new Promise((resolve) => {
        const watch = startWatch(onFailure);
        answer = (bytes) => {
          clearTimeout(watch);
          resolve(bytes);
        };
        send(round);
      }),
    close: async () => {
      isClosing = true;
      const ended = once(worker, "exit");
      send(null);
      await ended;
    },
  };
};
