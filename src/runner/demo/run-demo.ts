import type { LineWriter } from "../console/line-writer";
import { postDelivery } from "../send/post-delivery";
import type { SendTarget } from "../send/send-target";
import { toDemoDeliveries } from "./demo-deliveries";

/** Sends every flow its burst, one delivery after another; what it is there to show stands above what became of it. */
export const runDemo = async (
  targets: readonly SendTarget[],
  writer: LineWriter,
): Promise<void> => {
  for (const target of targets) {
    for (const { shows, request } of await toDemoDeliveries(target, new Date())) {
      writer.write(`demo: ${shows}`);
      await postDelivery(request);
    }
  }
};
