import { describeDedupe } from "./dedupe";
import { describeLease } from "./lease";
import { describeOrder } from "./order";
import { describeRetry } from "./retry";
import { describeScaleAndInput } from "./scale";
import type { QueueSubject } from "./subject";

/**
 * What every driver must do: the behaviours by their numbers. Not here, because they need an engine that can be killed
 * or filled, are 22, 41 and 42 and the failures: each driver's own tests and the chaos run show those.
 */
export const describeQueueContract = (subject: QueueSubject): void => {
  describe(`${subject.name} honours the queue contract`, () => {
    describeOrder(subject);
    describeDedupe(subject);
    describeLease(subject);
    describeRetry(subject);
    describeScaleAndInput(subject);
  });
};
