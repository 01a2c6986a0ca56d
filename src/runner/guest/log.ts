import { formatWithOptions } from "node:util";
import type { LogLine } from "../isolation/messages";
import type { RunningFlow } from "./running-flow";

const MAXIMUM_LINES = 1_000;
const MAXIMUM_CHARACTERS = 8_192;
const CONSOLE_METHODS = ["trace", "debug", "info", "log", "warn", "error"] as const;

/** What the component says, until the next message to the runner takes it along. */
export interface GuestLog {
  readonly write: (level: string, flow: string | null, values: readonly unknown[]) => void;
  /** Everything since the last call; too many lines end in a count of what was left out. */
  readonly take: () => LogLine[];
}

export const createGuestLog = (onLine: () => void): GuestLog => {
  let lines: LogLine[] = [];
  let omitted = 0;

  const write: GuestLog["write"] = (level, flow, values) => {
    if (lines.length >= MAXIMUM_LINES) {
      omitted += 1;
      return;
    }
    const text = formatWithOptions({ depth: 4, breakLength: Number.POSITIVE_INFINITY }, ...values);
    lines.push({ level, flow, text: text.slice(0, MAXIMUM_CHARACTERS) });
    onLine();
  };
  const take = (): LogLine[] => {
    const taken = lines;
    if (omitted > 0) {
      taken.push({ level: "warn", flow: null, text: `… and ${omitted} more lines left out` });
    }
    lines = [];
    omitted = 0;
    return taken;
  };
  return { write, take };
};

/** `console` inside a component is captured on the platform; here it goes to the log under the flow's name. */
export const captureConsole = (log: GuestLog, running: RunningFlow): void => {
  const target: Record<string, unknown> = globalThis.console as never;
  for (const method of CONSOLE_METHODS) {
    target[method] = (...values: unknown[]) => log.write(method, running.current(), values);
  }
};
