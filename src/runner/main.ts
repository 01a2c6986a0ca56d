import { DATABASE_ARGUMENT, ENGINE_ARGUMENT } from "./engines/engine-argument";
import { GUEST_ARGUMENT } from "./isolation/guest-argument";

const FORCED_EXIT = 130;

/** The first signal asks for an orderly end, the second ends it. */
const waitForStop = (): Promise<void> =>
  new Promise((resolve) => {
    let count = 0;
    const onSignal = (): void => {
      count += 1;
      if (count > 1) process.exit(FORCED_EXIT);
      resolve();
    };
    process.on("SIGINT", onSignal);
    process.on("SIGTERM", onSignal);
  });

const runCommand = async (): Promise<void> => {
  const { runProgram } = await import("./program");
  process.exitCode = await runProgram(process.argv.slice(2), {
    program: __filename,
    output: process.stdout,
    errors: process.stderr,
    wantsColours: process.stdout.isTTY === true && !process.env.NO_COLOR,
    waitForStop,
  });
};

const runComponents = async (): Promise<void> => {
  const { startGuest } = await import("./guest/guest");
  startGuest();
};

const runEngine = async (): Promise<void> => {
  const { startEngine } = await import("./engines/engine");
  await startEngine(process.argv[3] ?? "");
};

const runQueueDatabase = async (): Promise<void> => {
  const { runDatabase } = await import("./engines/database-thread");
  await runDatabase(process.argv[3] ?? "");
};

const roles = new Map([
  [GUEST_ARGUMENT, runComponents],
  [ENGINE_ARGUMENT, runEngine],
  [DATABASE_ARGUMENT, runQueueDatabase],
]);

void (roles.get(process.argv[2] ?? "") ?? runCommand)();
