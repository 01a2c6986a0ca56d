import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import type { LogLine } from "../isolation/messages";
import { createEngineKeeper } from "./engine-keeper";

export interface EmbeddedQueueOptions {
  /** The built program, which the runner starts again as engine. */
  readonly program: string;
  readonly dataFolder: string;
  readonly log: (line: LogLine) => void;
}

/** PostgreSQL that nobody had to install. Nothing is started or written before the first connection. */
export interface EmbeddedQueue {
  /** Returns a connection string that is good for any PostgreSQL client of this machine until the end. It holds a password. */
  readonly open: () => Promise<string>;
  readonly close: () => Promise<void>;
}

const HOST = "127.0.0.1";

/** Listens on the loopback, and hands whoever connects to the engine. */
export const createEmbeddedQueue = (options: EmbeddedQueueOptions): EmbeddedQueue => {
  const password = randomBytes(24).toString("base64url");
  const directory = join(options.dataFolder, "postgres");
  const keeper = createEngineKeeper({ ...options, directory, password });
  const server = createServer({ pauseOnConnect: true }, keeper.take);
  return {
    open: async () => {
      server.listen(0, HOST);
      await once(server, "listening");
      const { port } = server.address() as AddressInfo;
      return `postgres://postgres:${password}@${HOST}:${port}/postgres`;
    },
    close: async () => {
      server.close();
      await keeper.close();
    },
  };
};
