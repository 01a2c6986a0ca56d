import { runProgram } from "../../../src/runner/program";
import { compileProgram } from "./compiled-program";

export interface CommandOutcome {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** Runs a command of the program to its end, in this process. `waitForStop` is what `dev` waits for. */
export const runCommand = async (
  argv: readonly string[],
  waitForStop: (read: () => string) => Promise<void> = async () => undefined,
): Promise<CommandOutcome> => {
  let output = "";
  let errors = "";
  const code = await runProgram(argv, {
    program: compileProgram(),
    output: { write: (text: string) => (output += text) },
    errors: { write: (text: string) => (errors += text) },
    wantsColours: false,
    waitForStop: () => waitForStop(() => output),
  });
  return { code, output, errors };
};
