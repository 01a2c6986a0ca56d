import { setTimeout as pause } from "node:timers/promises";
import { HooklineError } from "../../errors";
import type { LineWriter } from "../console/line-writer";
import { postDelivery } from "../send/post-delivery";
import type { SendTarget } from "../send/send-target";
import { toDemoDeliveries } from "./demo-deliveries";
import type { DemoDelivery } from "./demo-delivery";

const MOST_REPEATS = 20;
const PAUSE_MILLISECONDS = 1_000;

const post = async (
  { shows, request, isRepeatedUntilAccepted = false }: DemoDelivery,
  writer: LineWriter,
): Promise<void> => {
  writer.write(`demo: ${shows}`);
  let { status } = await postDelivery(request);
  for (let repeat = 1; isRepeatedUntilAccepted && status >= 400; repeat += 1) {
    if (repeat > MOST_REPEATS)
      throw new HooklineError("DELIVERY_FAILED", `${shows} was not accepted.`);
    await pause(PAUSE_MILLISECONDS);
    writer.write(`demo: ${shows}, once more, because it was not accepted`);
    ({ status } = await postDelivery(request));
  }
};

const show = async (target: SendTarget, writer: LineWriter): Promise<void> => {
  for (const delivery of await toDemoDeliveries(target, new Date())) await post(delivery, writer);
};

/**
 * Sends every flow its burst, one delivery after another; what it is there to show stands above what became of it.
 * A flow that no delivery can be made for is left out, and the runner goes on.
 */
export const runDemo = async (
  targets: readonly SendTarget[],
  writer: LineWriter,
): Promise<void> => {
  for (const target of targets) {
    try {
      await show(target, writer);
    } catch (error) {
      if (!(error instanceof HooklineError)) throw error;
      writer.write(`demo: ${target.flow} gets no more deliveries. ${error.message}`);
    }
  }
};
