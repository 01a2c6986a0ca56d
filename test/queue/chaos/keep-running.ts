import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";

const PAUSE_MILLISECONDS = 300;

export interface KeptProcess {
  /** With kill -9; it comes back by itself. */
  readonly kill: () => void;
  readonly stop: () => Promise<void>;
}

/** Starts a server, and starts it again whenever it ends, as an operating system's service manager does. */
export const keepRunning = (
  command: string,
  parameters: readonly string[],
  options: SpawnOptions,
): KeptProcess => {
  let child: ChildProcess;
  let isStopping = false;
  let timer: NodeJS.Timeout | undefined;
  const start = (): void => {
    child = spawn(command, [...parameters], { ...options, stdio: "ignore" });
    child.on("error", () => undefined);
    child.on("exit", () => {
      if (!isStopping) timer = setTimeout(start, PAUSE_MILLISECONDS);
    });
  };
  start();
  return {
    kill: () => {
      child.kill("SIGKILL");
    },
    stop: async () => {
      isStopping = true;
      clearTimeout(timer);
      if (child.exitCode !== null || child.signalCode !== null) return;
      const end = once(child, "exit");
      child.kill("SIGINT");
      await end;
    },
  };
};
