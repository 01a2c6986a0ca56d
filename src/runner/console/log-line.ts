import type { LogLine } from "../isolation/messages";
import type { Colours } from "./colours";
import { toClock } from "./delivery-line";
import { toPrintable, toWord } from "./printable";

/** What a component said, line by line, under the name of the flow that said it. */
export const toLogLines = (
  { level, flow, text }: LogLine,
  time: Date,
  colours: Colours,
): string[] => {
  const mood = level === "error" || level === "warn" ? colours.attention : colours.faint;
  const prefix = `${colours.faint(toClock(time))}  ${toWord(flow ?? "component")}  ${mood(`| ${level}`)}`;
  return text.split(/\r?\n/).map((line) => `${prefix}  ${toPrintable(line)}`);
};
