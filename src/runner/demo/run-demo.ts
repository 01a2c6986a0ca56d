import { HooklineError } from "../../errors";
import type { LineWriter } from "../console/line-writer";
import { postDelivery } from "../send/post-delivery";
import type { SendTarget } from "../send/send-target";
import { toDemoDeliveries } from "./demo-deliveries";

const show = async (target: SendTarget, writer: LineWriter): Promise<void> => {
  for (const { shows, request } of await toDemoDeliveries(target, new Date())) {
    writer.write(`demo: ${shows}`);
    await postDelivery(request);
  }
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
