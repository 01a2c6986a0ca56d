import type { LifecycleReport } from "../lifecycle/operation";
import type { Colours } from "./colours";
import { toPrintableLines } from "./printable";

/** What became of an operation: how things are now, where the flows are, and what went wrong. */
export const toReportLines = (
  { summary, flows, notes, failures }: LifecycleReport,
  colours: Colours,
): readonly string[] => {
  const width = Math.max(0, ...flows.map(({ name }) => name.length));
  return [
    summary,
    ...flows.map(({ name, url }) => `  ${name.padEnd(width)}  ${url}`),
    ...notes.map((note) => colours.attention(note)),
    ...failures.map((failure) => colours.bad(toPrintableLines(failure))),
  ];
};
