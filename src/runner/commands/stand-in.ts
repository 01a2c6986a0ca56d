import { type Command, InvalidArgumentError } from "commander";
import type { Faults } from "../../stand-ins/stand-in";
import { findStandIn, standIns } from "../../stand-ins/stand-ins";
import { toColours } from "../console/colours";
import { createLineWriter } from "../console/line-writer";
import { describeStandIn } from "../stand-ins/describe-stand-in";
import { openStandIn } from "../stand-ins/open-stand-in";
import type { CommandIo } from "./command-io";
import { toPort, toStatus } from "./dev-options";

interface StandInOptions {
  readonly port?: number;
  readonly duplicates: boolean;
  readonly reorders: boolean;
  readonly pauses: boolean;
  readonly loseAnswers: boolean;
  readonly slow: number;
  readonly late: number;
  readonly status: number;
  readonly retryAfter: number;
  readonly retryPause?: number;
}

const MOST = 3_600_000;

const readCount = (text: string): number => {
  const count = Number(text);
  if (text !== "" && Number.isInteger(count) && count >= 0 && count <= MOST) return count;
  throw new InvalidArgumentError(`Give a whole number from 0 to ${MOST}.`);
};

const toFaults = (options: StandInOptions): Faults => ({
  apiStatus: options.status,
  retryAfterSeconds: options.retryAfter,
  losesAnswers: options.loseAnswers,
  slowMilliseconds: options.slow,
  duplicates: options.duplicates,
  reorders: options.reorders,
  pauses: options.pauses,
  lateMilliseconds: options.late,
});

const run = async (name: string, options: StandInOptions, io: CommandIo): Promise<void> => {
  const local = findStandIn(name);
  const writer = createLineWriter(io.output);
  const standIn = await openStandIn(
    { ...local, port: options.port ?? local.port },
    {
      faults: toFaults(options),
      retryPauseMilliseconds: options.retryPause,
      write: writer.write,
      colours: toColours(io.wantsColours),
    },
  );
  try {
    (await describeStandIn(standIn)).forEach(writer.write);
    writer.write("Stop with Ctrl-C.");
    writer.flush();
    await io.waitForStop();
  } finally {
    await standIn.close();
    writer.flush();
  }
};

/** `hookline stand-in`: a source system on this machine, until Ctrl-C. */
export const addStandInCommand = (program: Command, io: CommandIo): void => {
  const names = standIns.map(({ standIn, port }) => `${standIn.name} (${port})`).join(", ");
  program
    .command("stand-in")
    .description("a local server that behaves like a source system: its API, and its deliveries")
    .argument("<name>", `which, and its port: ${names}`)
    .option("--port <number>", "where to listen; 0 takes any free port (default: its own)", toPort)
    .option("--duplicates", "make every delivery twice", false)
    .option("--reorders", "make the deliveries of one burst in the opposite order", false)
    .option("--pauses", "after a failure, let everything for the same URL wait", false)
    .option("--late <milliseconds>", "start every delivery so much later", readCount, 0)
    .option(
      "--retry-pause <milliseconds>",
      "wait so long before a retry (default: its own)",
      readCount,
    )
    .option("--slow <milliseconds>", "answer calls of the API so much later", readCount, 0)
    .option("--status <status>", "answer every call of the API with this status", toStatus, 0)
    .option("--retry-after <seconds>", "goes with --status: the header Retry-After", readCount, 0)
    .option("--lose-answers", "perform calls of the API, and hang up instead of answering", false)
    .action((name: string, options: StandInOptions) => run(name, options, io));
};
