import type { Socket } from "node:net";
import { toMessage } from "../../errors";
import { type DirectoryLock, lockDirectory } from "../directory-lock/directory-lock";
import { openDatabase } from "./database";
import type { FromEngine, ToEngine } from "./engine-messages";
import { serveClient } from "./serve-client";
import { createTurns, type Turns } from "./turns";

/** Exit code of an engine that cannot go on; sysexits calls it "internal software error". */
const INTERNAL_ERROR = 70;

const tell = (message: FromEngine): Promise<void> =>
  new Promise((resolve) => {
    if (process.connected) process.send?.(message, undefined, undefined, () => resolve());
    else resolve();
  });

const fail = (thrown: unknown): void => {
  void tell({ failure: toMessage(thrown) }).then(() => process.exit(INTERNAL_ERROR));
};

/** Ctrl-C reaches the whole process group; the runner decides when this process ends. */
const leaveEndingToRunner = (): void => {
  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", () => undefined);
  process.on("uncaughtException", fail);
  process.on("unhandledRejection", fail);
};

/** Serves whoever the runner sends. Returns what sends them away. */
const serveClients = (turns: Turns): (() => Promise<void>) => {
  const sockets = new Set<Socket>();
  process.on("message", ({ password }: ToEngine, socket?: Socket) => {
    if (!socket) return;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    serveClient(socket, { turns, password });
  });
  return () => {
    for (const socket of sockets) socket.destroy();
    return turns.whenIdle();
  };
};

const run = (directory: string, lock: DirectoryLock): void => {
  let isOpen = false;
  const onOpen = (): void => {
    isOpen = true;
    void tell({ isReady: true });
  };
  const database = openDatabase({ directory, onOpen, onFailure: fail });
  const sendAway = serveClients(createTurns(database.execute));
  const end = async (): Promise<void> => {
    if (isOpen) {
      await sendAway();
      await database.close();
    }
    await lock.release();
    process.exit(0);
  };
  process.on("disconnect", () => void end());
  if (!process.connected) void end();
};

/**
 * The embedded queue's engine: a database, for clients whose sockets the runner hands over. It ends when its channel to
 * the runner does, which is also when the runner is killed.
 */
export const startEngine = async (directory: string): Promise<void> => {
  leaveEndingToRunner();
  try {
    const lock = await lockDirectory(directory, {
      code: "QUEUE_UNAVAILABLE",
      use: "has its embedded queue",
    });
    run(directory, lock);
  } catch (error) {
    fail(error);
  }
};
