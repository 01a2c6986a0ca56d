import { join } from "node:path";
import type { Command } from "commander";
import { toColours } from "../console/colours";
import { toDeliveryLine } from "../console/delivery-line";
import { toReportLines } from "../console/lifecycle-lines";
import { createLineWriter, type LineWriter } from "../console/line-writer";
import { toLogLines } from "../console/log-line";
import { toStartLines, toStopLines } from "../console/start-lines";
import { announceInstance } from "../control/running-instance";
import { ensureDataFolder } from "../data-folder";
import { runDemo } from "../demo/run-demo";
import { openJournal } from "../journal/journal";
import { describeJournalReport, type JournalReport } from "../journal/journal-report";
import { toSendTarget } from "../send/send-target";
import { type Runner, startRunner } from "../start-runner";
import type { CommandIo } from "./command-io";
import { collect, type DevOptions, toPort, toStatus } from "./dev-options";

/** One run of the command. */
interface DevRun {
  readonly integration: string | undefined;
  readonly options: DevOptions;
  readonly io: CommandIo;
  readonly writer: LineWriter;
}

/** Starts a runner that writes to the console. */
const startOnConsole = async (
  { integration, options, io, writer }: DevRun,
  onLifecycle: () => void,
): Promise<Runner> => {
  const colours = toColours(io.wantsColours);
  const { component: components = ["dist"], data: dataFolder, throwStatus } = options;
  ensureDataFolder(dataFolder);
  const directory = join(dataFolder, "journal");
  const onReport = (report: JournalReport): void =>
    writer.write(colours.attention(describeJournalReport(report)));
  const runner = await startRunner({
    program: io.program,
    components,
    integration,
    configuration: options.config,
    port: options.port,
    dataFolder,
    openJournal: options.journal ? () => openJournal({ directory, onReport }) : undefined,
    ...(throwStatus === undefined ? {} : { unknowns: { throwStatus } }),
    onDelivery: (report) => writer.write(toDeliveryLine(report, new Date(), colours)),
    onLog: (line) => toLogLines(line, new Date(), colours).forEach(writer.write),
    onLifecycle: (report) => {
      toReportLines(report, colours).forEach(writer.write);
      onLifecycle();
    },
  });
  toStartLines(runner, colours).forEach(writer.write);
  writer.flush();
  return runner;
};

const announce = (
  { url, flows, controlToken }: Runner,
  { integration, options }: DevRun,
): (() => void) =>
  announceInstance(options.data, {
    url,
    integration,
    configuration: options.config,
    flows: flows(),
    controlToken,
  });

const showDemo = async ({ flows }: Runner, writer: LineWriter): Promise<void> => {
  const targets = flows().map(({ name, url, guest }) => toSendTarget(name, url, guest.params));
  await runDemo(targets, writer);
};

const serve = async (runner: Runner, { options, io, writer }: DevRun): Promise<void> => {
  const stopped = io.waitForStop();
  if (options.demo) await showDemo(runner, writer);
  await stopped;
};

const runUntilStopped = async (run: DevRun): Promise<void> => {
  const { io, writer } = run;
  let isStopping = false;
  const runner: Runner = await startOnConsole(run, () => {
    if (!isStopping) announce(runner, run);
  });
  const retract = announce(runner, run);
  try {
    await serve(runner, run);
  } finally {
    isStopping = true;
    retract();
    writer.write("Stopping: finishing what is in flight. Ctrl-C again stops at once.");
    toStopLines(runner, toColours(io.wantsColours)).forEach(writer.write);
    writer.flush();
    await runner.close();
  }
};

/** `hookline dev`: serve an integration's flows until Ctrl-C. */
export const addDevCommand = (program: Command, io: CommandIo): void => {
  program
    .command("dev")
    .description("serve an integration's flows and deploy one instance of it")
    .argument("[integration]", "a Prismatic integration definition; none: a flow per trigger")
    .option("--component <folder>", "a built component; repeatable (default: dist)", collect)
    .option("--port <number>", "where to listen; 0 takes any free port", toPort, 8400)
    .option("--data <folder>", "where the journal, state and keys are kept", ".hookline")
    .option("--config <file>", "values for config variables (default: beside the integration)")
    .option("--throw-status <status>", "status when a trigger throws (default: 400)", toStatus)
    .option("--demo", "send every flow a short burst of genuine and forged deliveries")
    .option("--no-journal", "do not save requests before they are processed")
    .action(async (integration: string | undefined, options: DevOptions) => {
      const writer = createLineWriter(io.output);
      try {
        await runUntilStopped({ integration, options, io, writer });
      } finally {
        writer.flush();
      }
    });
};
