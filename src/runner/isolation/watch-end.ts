import type { ChildProcess } from "node:child_process";

/** A program that the child started may hold its output open; the end does not wait for that. */
const LEFTOVER_MILLISECONDS = 500;

const describeExit = (code: number | null, signal: string | null): string =>
  signal ? `it was ended by ${signal}` : `it exited with code ${code}`;

/** Says once why a child ended, whichever way it goes first, and ends it with this process. */
export const watchEnd = (child: ChildProcess, onEnd: (why: string) => void): void => {
  let hasEnded = false;
  const killWithRunner = (): unknown => child.kill("SIGKILL");
  const end = (why: string): void => {
    process.off("exit", killWithRunner);
    if (!hasEnded) onEnd(why);
    hasEnded = true;
  };
  process.on("exit", killWithRunner);
  child.on("error", (error) => end(`it could not be started: ${error.message}`));
  child.on("close", (code, signal) => end(describeExit(code, signal)));
  child.on("exit", (code, signal) => {
    setTimeout(end, LEFTOVER_MILLISECONDS, describeExit(code, signal)).unref();
  });
};
