import type { Command } from "commander";
import { toColours } from "../console/colours";
import { createLineWriter, type LineWriter } from "../console/line-writer";
import { toStopLines } from "../console/start-lines";
import { fireStandIns } from "../demo/fire-stand-ins";
import { runDemo } from "../demo/run-demo";
import { toSendTarget } from "../send/send-target";
import { chooseStandIn } from "../stand-ins/choose-stand-in";
import { describeBriefly } from "../stand-ins/describe-stand-in";
import { closeStandIns, type OpenStandIn, openStandIns } from "../stand-ins/open-stand-in";
import type { Runner } from "../start-runner";
import type { CommandIo } from "./command-io";
import { collect, type DevOptions, toPort, toStatus } from "./dev-options";
import { announceOnDisk, type DevRun, startOnConsole } from "./dev-runner";

const showDemo = async ({ flows }: Runner, writer: LineWriter): Promise<void> => {
  const targets = flows().map(({ name, url, guest }) =>
    toSendTarget({ flow: name, url, trigger: guest.trigger }, guest.params),
  );
  await runDemo(targets, writer);
};

const serve = async (
  runner: Runner,
  standIns: readonly OpenStandIn[],
  { options, io, writer }: DevRun,
): Promise<void> => {
  const stopped = io.waitForStop();
  if (options.demo) {
    await showDemo(runner, writer);
    await fireStandIns(standIns, writer);
  }
  await stopped;
};

const runUntilStopped = async (run: DevRun, standIns: readonly OpenStandIn[]): Promise<void> => {
  const { io, writer } = run;
  let isStopping = false;
  const runner: Runner = await startOnConsole(run, () => {
    if (!isStopping) announceOnDisk(runner, run);
  });
  const retract = announceOnDisk(runner, run);
  try {
    await serve(runner, standIns, run);
  } finally {
    isStopping = true;
    retract();
    writer.write("Stopping: finishing what is in flight. Ctrl-C again stops at once.");
    toStopLines(runner, toColours(io.wantsColours)).forEach(writer.write);
    writer.flush();
    await runner.close();
  }
};

/** The stand-ins are there before the deploy that subscribes to them, and as long as the runner. */
const runBesideStandIns = async (run: DevRun): Promise<void> => {
  const { options, io, writer } = run;
  const chosen = (options.standIn ?? []).map(chooseStandIn);
  const colours = toColours(io.wantsColours);
  const standIns = await openStandIns(chosen, { write: writer.write, colours });
  try {
    for (const standIn of standIns) (await describeBriefly(standIn)).forEach(writer.write);
    await runUntilStopped(run, standIns);
  } finally {
    await closeStandIns(standIns);
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
    .option(
      "--demo",
      "show what happens to genuine and forged deliveries, and to events at stand-ins",
    )
    .option("--stand-in <name[:port]>", "start this source system too; repeatable", collect)
    .option("--no-journal", "do not save requests before they are processed")
    .action(async (integration: string | undefined, options: DevOptions) => {
      const writer = createLineWriter(io.output);
      try {
        await runBesideStandIns({ integration, options, io, writer });
      } finally {
        writer.flush();
      }
    });
};
