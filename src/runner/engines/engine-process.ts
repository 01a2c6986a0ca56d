import { spawn } from "node:child_process";
import type { Socket } from "node:net";
import { watchEnd } from "../isolation/watch-end";
import { ENGINE_ARGUMENT } from "./engine-argument";
import type { FromEngine, ToEngine } from "./engine-messages";

export interface EngineProcessOptions {
  /** The built program, which is its own engine. */
  readonly program: string;
  readonly directory: string;
  readonly onReady: () => void;
}

export interface EngineProcess {
  readonly hand: (socket: Socket, message: ToEngine) => void;
  /** Lets it finish what it is doing and end. */
  readonly stop: () => void;
  /** Resolves with the reason in words. */
  readonly whenEnded: Promise<string>;
}

/** Longer than any round of a queue takes; an engine that hangs is not waited for. */
const PATIENCE_MILLISECONDS = 5_000;

export const startEngineProcess = (options: EngineProcessOptions): EngineProcess => {
  const { program, directory, onReady } = options;
  const child = spawn(process.execPath, [program, ENGINE_ARGUMENT, directory], {
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    windowsHide: true,
  });
  let failure: string | undefined;
  child.on("message", (message: FromEngine) => {
    failure ??= message.failure;
    if (message.isReady) onReady();
  });
  const whenEnded = new Promise<string>((resolve) => {
    watchEnd(child, (why) => resolve(failure ?? why));
  });
  return {
    whenEnded,
    hand: (socket, message) => {
      child.send(message, socket, (error) => {
        if (error) socket.destroy();
      });
    },
    stop: () => {
      if (child.connected) child.disconnect();
      setTimeout(() => child.kill("SIGKILL"), PATIENCE_MILLISECONDS).unref();
    },
  };
};
