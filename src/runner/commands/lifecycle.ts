import type { Command } from "commander";
import { HooklineError } from "../../errors";
import { type Colours, toColours } from "../console/colours";
import { toReportLines } from "../console/lifecycle-lines";
import { toLogLines } from "../console/log-line";
import { driveInstance } from "../control/drive-instance";
import type { Operation } from "../lifecycle/operation";
import type { CommandIo } from "./command-io";

interface LifecycleOptions {
  readonly data: string;
}

interface ListenOptions extends LifecycleOptions {
  readonly stop?: boolean;
}

/** What happened goes to the output as it happens; a lifecycle function that failed is an error. */
const drive = async (
  operation: Operation,
  flow: string | undefined,
  { data: dataFolder }: LifecycleOptions,
  { output, wantsColours }: CommandIo,
): Promise<void> => {
  const colours: Colours = toColours(wantsColours);
  const write = (lines: readonly string[]): void => {
    for (const line of lines) output.write(`${line}\n`);
  };
  const report = await driveInstance({
    operation,
    flow,
    dataFolder,
    onLog: (line) => write(toLogLines(line, new Date(), colours)),
  });
  write(toReportLines({ ...report, failures: [] }, colours));
  if (report.failures.length > 0)
    throw new HooklineError("DEPLOY_FAILED", report.failures.join("\n"));
};

const DESCRIPTIONS = {
  deploy: "deploy the running instance again, with its files as they are now",
  delete: "delete the running instance: unsubscribe, and drop its state",
  enable: "let the flows of a disabled instance run again",
  disable: "keep the flows of the running instance from running",
} as const;

const addDataOption = (command: Command): Command =>
  command.option("--data <folder>", "the data folder of the runner", ".hookline");

/** `hookline deploy`, `delete`, `enable`, `disable` and `listen`: drive the instance of a running `hookline dev`. */
export const addLifecycleCommands = (program: Command, io: CommandIo): void => {
  for (const operation of ["deploy", "delete", "enable", "disable"] as const) {
    addDataOption(program.command(operation).description(DESCRIPTIONS[operation])).action(
      (options: LifecycleOptions) => drive(operation, undefined, options, io),
    );
  }
  addDataOption(program.command("listen"))
    .description("enter listening mode: subscribe the flows' test URLs, beside the deployed ones")
    .argument("[flow]", "the flow's name (default: all flows)")
    .option("--stop", "leave listening mode: unsubscribe the test URLs")
    .action((flow: string | undefined, options: ListenOptions) =>
      drive(options.stop ? "stop-listening" : "listen", flow, options, io),
    );
};
