import { Command, CommanderError } from "commander";
import { HooklineError } from "../errors";
import type { CommandIo } from "./commands/command-io";
import { addDevCommand } from "./commands/dev";
import { addLifecycleCommands } from "./commands/lifecycle";
import { addProvidersCommand } from "./commands/providers";
import { addSendCommand } from "./commands/send";
import { addStandInCommand } from "./commands/stand-in";
import { toPrintableLines } from "./console/printable";
import { readVersion } from "./read-version";

const createProgram = (io: CommandIo): Command => {
  const program = new Command("hookline")
    .description("Run Prismatic components on this machine the way the platform does.")
    .version(readVersion(io.program))
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.output.write(text),
      writeErr: (text) => io.errors.write(text),
    });
  addDevCommand(program, io);
  addLifecycleCommands(program, io);
  addSendCommand(program, io);
  addProvidersCommand(program, io);
  addStandInCommand(program, io);
  return program;
};

/**
 * Runs one command to its end.
 *
 * @returns the exit code: 0, or 1 for whatever a person has to put right.
 */
export const runProgram = async (argv: readonly string[], io: CommandIo): Promise<number> => {
  try {
    await createProgram(io).parseAsync(argv, { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 1;
    if (!(error instanceof HooklineError)) throw error;
    io.errors.write(`${error.code}: ${toPrintableLines(error.message)}\n`);
    return 1;
  }
};
