import type { Socket } from "node:net";
import { createLogin } from "./login";
import { createRoundReader } from "./round-reader";
import type { Client, Turns } from "./turns";
import { createMessageReader } from "./wire/message-reader";

export interface ServiceOptions {
  readonly turns: Turns;
  readonly password: string;
  /** How long a client may take to log in; a minute where not given. */
  readonly loginMilliseconds?: number;
}

/** As long as PostgreSQL gives a stranger: whoever says nothing would hold a connection for ever. */
const LOGIN_MILLISECONDS = 60_000;

/** Serves one client until it goes, or sends what is not PostgreSQL's protocol. */
export const serveClient = (socket: Socket, options: ServiceOptions): void => {
  const { turns, password, loginMilliseconds = LOGIN_MILLISECONDS } = options;
  const patience = setTimeout(() => socket.destroy(), loginMilliseconds).unref();
  const reader = createMessageReader();
  const logIn = createLogin(reader, password);
  let client: Client | undefined;
  let readRounds: (() => boolean) | undefined;

  const write = (bytes: Uint8Array): void => {
    if (socket.writable) socket.write(bytes);
  };
  const enter = (): boolean => {
    clearTimeout(patience);
    const entered = turns.enter(write);
    client = entered;
    readRounds = createRoundReader(reader, entered.run);
    return readRounds();
  };
  /** Whether the client stays. */
  const read = (): boolean => {
    if (readRounds) return readRounds();
    for (let step = logIn(); step; step = logIn()) {
      write(step.answer);
      if (step.outcome !== "goes on") return step.outcome === "is in" && enter();
    }
    return true;
  };
  socket.on("data", (chunk: Buffer) => {
    reader.push(chunk);
    try {
      if (!read()) socket.end();
    } catch {
      socket.destroy();
    }
  });
  socket.on("error", () => undefined);
  socket.on("close", () => {
    clearTimeout(patience);
    client?.leave();
  });
  socket.setNoDelay(true);
  socket.resume();
};
