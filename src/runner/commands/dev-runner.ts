import { join } from "node:path";
import { toColours } from "../console/colours";
import { toDeliveryLine } from "../console/delivery-line";
import { toReportLines } from "../console/lifecycle-lines";
import type { LineWriter } from "../console/line-writer";
import { toLogLines } from "../console/log-line";
import { toStartLines } from "../console/start-lines";
import { announceInstance } from "../control/running-instance";
import { ensureDataFolder } from "../data-folder";
import { openJournal } from "../journal/journal";
import { describeJournalReport, type JournalReport } from "../journal/journal-report";
import { type Runner, startRunner } from "../start-runner";
import type { CommandIo } from "./command-io";
import type { DevOptions } from "./dev-options";

/** One run of the command. */
export interface DevRun {
  readonly integration: string | undefined;
  readonly options: DevOptions;
  readonly io: CommandIo;
  readonly writer: LineWriter;
}

/** Starts a runner that writes to the console. */
export const startOnConsole = async (
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

/** Tells other commands of this machine about the runner. Returns what takes that back. */
export const announceOnDisk = (
  { url, flows, controlToken, queueConnection }: Runner,
  { integration, options }: DevRun,
): (() => void) =>
  announceInstance(options.data, {
    url,
    integration,
    configuration: options.config,
    flows: flows(),
    controlToken,
    queueConnection,
  });
