import type { Granted, Processed, QueueEvent, Settled } from "../../support/queue/history/events";

/** A settling call that is about to begin: if nothing follows, nobody knows what became of it. */
interface Intent {
  readonly kind: "intent";
  readonly call: string;
  readonly lease: string;
  readonly message: string;
  readonly how: Settled["how"];
  readonly start: number;
}

/** Something that a queue must never do to a consumer, such as an error that cannot be tried again. */
interface Failure {
  readonly kind: "failure";
  readonly text: string;
}

/** What a consumer writes down, one line each, at once: a line that was written survives the process. */
export type Line = Granted | Processed | Intent | (Settled & { readonly call: string }) | Failure;

export interface Evidence {
  readonly events: QueueEvent[];
  readonly failures: string[];
}

/** @param end When whoever wrote it was certainly dead. */
export const toEvidence = (lines: readonly Line[], end: number): Evidence => {
  const answered = new Set(lines.flatMap((line) => (line.kind === "settled" ? line.call : [])));
  const events = lines.flatMap((line): QueueEvent[] => {
    if (line.kind === "failure") return [];
    if (line.kind !== "intent") return [line];
    if (answered.has(line.call)) return [];
    const { lease, message, how, start } = line;
    const call = { start, end, clockStart: start, clockEnd: end };
    return [{ kind: "settled", ...call, lease, message, how, answer: "unknown" }];
  });
  const failures = lines.flatMap((line) => (line.kind === "failure" ? line.text : []));
  return { events, failures };
};
