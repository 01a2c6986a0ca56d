import { setTimeout as delay } from "node:timers/promises";
import { HooklineError } from "../../errors";
import type { LineWriter } from "../console/line-writer";
import type { OpenStandIn } from "../stand-ins/open-stand-in";

const MOST_EVENTS = 3;
/** A delivery that is tried again and again is not waited for. */
const PATIENCE_MILLISECONDS = 2_000;

const listEvents = ({ subscriptions }: OpenStandIn): readonly string[] =>
  [...new Set(subscriptions().flatMap(({ events }) => events))].slice(0, MOST_EVENTS);

const fire = async (standIn: OpenStandIn, event: string, writer: LineWriter): Promise<void> => {
  writer.write(`demo: ${event} happens at ${standIn.title}`);
  const patience = new AbortController();
  const { signal } = patience;
  await Promise.race([
    standIn.fire(event),
    delay(PATIENCE_MILLISECONDS, undefined, { signal }).catch(() => undefined),
  ]);
  patience.abort();
};

/** Lets something happen at every stand-in that a flow has subscribed to, one event after another. */
export const fireStandIns = async (
  standIns: readonly OpenStandIn[],
  writer: LineWriter,
): Promise<void> => {
  for (const standIn of standIns) {
    const events = listEvents(standIn);
    if (events.length === 0)
      writer.write(`demo: nobody has subscribed to anything at ${standIn.title}`);
    try {
      for (const event of events) await fire(standIn, event, writer);
    } catch (error) {
      if (!(error instanceof HooklineError)) throw error;
      writer.write(`demo: ${error.message}`);
    }
  }
};
