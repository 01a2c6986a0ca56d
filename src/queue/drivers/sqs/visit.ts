import type { Claim } from "../../driver";
import type { SqsEngine } from "./engine";
import { toQueueError } from "./queue-error";
import { type QueueNames, toQueueNames } from "./queue-names";
import { type HeldMessage, readReference } from "./reference";
import { isMissingQueue } from "./service-error";

interface Visits {
  readonly use: <Result>(
    queue: string,
    work: (names: QueueNames, url: () => Promise<string>) => Promise<Result>,
  ) => Promise<Result>;
  readonly settle: <Result>(
    claim: Claim,
    work: (held: HeldMessage, url: string, names: QueueNames) => Promise<Result>,
  ) => Promise<Result>;
}

/** From the name that a verb was given to the queues behind it, and from what SQS throws to what a person can act on. */
export const createVisits = ({ urls }: SqsEngine): Visits => {
  const use: Visits["use"] = async (queue, work) => {
    const names = toQueueNames(queue);
    try {
      return await work(names, () => urls.of(names.messages));
    } catch (error) {
      /** Somebody removed it; it is looked up again the next time. */
      if (isMissingQueue(error)) for (const name of Object.values(names)) urls.forget(name);
      throw toQueueError(error, names.messages);
    }
  };
  return {
    use,
    settle: ({ queue, reference }, work) =>
      use(queue, async (names, url) => work(readReference(reference), await url(), names)),
  };
};
