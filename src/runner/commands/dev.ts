import { join } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { type Colours, toColours } from "../console/colours";
import { toDeliveryLine } from "../console/delivery-line";
import { createLineWriter, type LineWriter } from "../console/line-writer";
import { toLogLines } from "../console/log-line";
import { ensureDataFolder } from "../data-folder";
import { runDemo } from "../demo/run-demo";
import { openJournal } from "../journal/journal";
import { describeJournalReport, type JournalReport } from "../journal/journal-report";
import { announceInstance } from "../send/running-instance";
import { toSendTarget } from "../send/send-target";
import { type Runner, startRunner } from "../start-runner";
import type { CommandIo } from "./command-io";

interface DevOptions {
  readonly component?: readonly string[];
  readonly port: number;
  readonly data: string;
  readonly config?: string;
  readonly throwStatus?: number;
  readonly journal: boolean;
  readonly demo?: boolean;
}

const readWhole = (name: string, from: number, to: number) => (text: string) => {
  const value = Number(text);
  if (Number.isInteger(value) && value >= from && value <= to) return value;
  throw new InvalidArgumentError(`${name} is a whole number from ${from} to ${to}.`);
};

const toPort = readWhole("A port", 0, 65_535);
const toStatus = readWhole("A status", 400, 599);

const collect = (value: string, previous: readonly string[] | undefined): string[] => [
  ...(previous ?? []),
  value,
];

const describeStart = (runner: Runner, colours: Colours): string[] => {
  const width = Math.max(...runner.flows.map(({ name }) => name.length));
  const keyed = runner.flows.filter(({ apiKeys }) => apiKeys.length > 0);
  return [
    `${runner.integration} is deployed at ${runner.url}`,
    ...runner.flows.map(({ name, url }) => `  ${name.padEnd(width)}  ${url}`),
    ...keyed.map(({ name, apiKeys }) => `  ${name} wants the header Api-Key: ${apiKeys[0]}`),
    ...runner.notes.map((note) => colours.attention(note)),
    colours.faint("Stop with Ctrl-C."),
  ];
};

/** Starts a runner that writes to the console; what `dev` does apart from waiting for its end. */
const startOnConsole = async (
  integration: string | undefined,
  options: DevOptions,
  io: CommandIo,
  writer: LineWriter,
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
  });
  describeStart(runner, colours).forEach(writer.write);
  writer.flush();
  return runner;
};

const showDemo = async ({ flows }: Runner, writer: LineWriter): Promise<void> => {
  const targets = flows.map(({ name, url, guest }) => toSendTarget(name, url, guest.params));
  await runDemo(targets, writer);
};

const runUntilStopped = async (
  integration: string | undefined,
  options: DevOptions,
  io: CommandIo,
  writer: LineWriter,
): Promise<void> => {
  const runner = await startOnConsole(integration, options, io, writer);
  const { url, flows } = runner;
  const retract = announceInstance(options.data, {
    url,
    integration,
    configuration: options.config,
    flows,
  });
  const stopped = io.waitForStop();
  if (options.demo) await showDemo(runner, writer);
  await stopped;
  retract();
  writer.write("Stopping: finishing what is in flight. Ctrl-C again stops at once.");
  writer.flush();
  await runner.close();
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
        await runUntilStopped(integration, options, io, writer);
      } finally {
        writer.flush();
      }
    });
};
