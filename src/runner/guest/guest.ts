import { describeThrown } from "../platform/describe-thrown";
import { openChannel } from "./channel";
import { createInstance } from "./instance";
import { captureConsole, createGuestLog } from "./log";
import { createOutbox, type Outbox } from "./outbox";
import { createRunningFlow } from "./running-flow";

/** Exit code of a component that failed outside of any request; sysexits calls it "internal software error". */
const INTERNAL_ERROR = 70;

const watchForTheEnd = (outbox: Outbox): void => {
  const stop = (what: string) => (thrown: unknown) => {
    outbox.flushNow({ stopping: `it ${what}: ${describeThrown(thrown)}` });
    process.exit(INTERNAL_ERROR);
  };
  process.on("unhandledRejection", stop("left a rejected promise unhandled"));
  process.on("uncaughtException", stop("threw outside of any request"));
  process.on("exit", (code) => outbox.flushNow({ stopping: `it called process.exit(${code})` }));
  process.on("SIGINT", () => undefined);
  process.on("SIGTERM", () => undefined);
};

/**
 * Runs components in a process of their own, so that whatever they do there cannot reach the runner.
 * Ctrl-C reaches the whole process group; the runner decides when this process ends.
 */
export const startGuest = (): void => {
  const log = createGuestLog(() => outbox.schedule());
  const channel = openChannel((message, bodies) => receive(message, bodies));
  const outbox = createOutbox(channel, log);
  const running = createRunningFlow();
  const receive = createInstance({ outbox, log, running });
  captureConsole(log, running);
  watchForTheEnd(outbox);
};
