import type { Socket } from "node:net";
import { toMessage } from "../../errors";
import { type DirectoryLock, lockDirectory } from "../directory-lock/directory-lock";
import { type Database, openDatabase } from "./database";
import type { FromEngine, ToEngine } from "./engine-messages";
import { serveClient } from "./serve-client";
import { createTurns } from "./turns";

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

const serve = (database: Database, lock: DirectoryLock): void => {
  const turns = createTurns(database.execute);
  const sockets = new Set<Socket>();
  process.on("message", ({ password }: ToEngine, socket?: Socket) => {
    if (!socket) return;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    serveClient(socket, { turns, greeting: database.greeting, password });
  });
  const end = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await turns.whenIdle();
    await database.close();
    await lock.release();
    process.exit(0);
  };
  process.removeAllListeners("disconnect");
  process.on("disconnect", () => void end());
};

/**
 * The embedded queue's engine: PostgreSQL compiled to WebAssembly, for clients whose sockets the runner hands over. It
 * ends when its channel to the runner does, which is also when the runner is killed.
 */
export const startEngine = async (directory: string): Promise<void> => {
  leaveEndingToRunner();
  process.on("disconnect", () => process.exit(0));
  try {
    const lock = await lockDirectory(directory, {
      code: "QUEUE_UNAVAILABLE",
      use: "has its embedded queue",
    });
    serve(await openDatabase(directory), lock);
    await tell({ isReady: true });
  } catch (error) {
    fail(error);
  }
};
