import { batchTrigger, type TriggerPayload } from "@prismatic-io/spectral";
import { LONGEST_LEASE_SECONDS } from "../../queue/limits";
import { createQueue, type Leased } from "../../queue/queue";
import examplePayload from "../example-payloads/drain-queue.json";
import { numberInput } from "../inputs/number-input";
import { queueInputs } from "../inputs/queue";
import { type DrainCursor, drainPage } from "../queue/drain";
import { useQueue } from "../queue/use-queue";

const { queueConnection, queue, maximumAttempts, onExhausted } = queueInputs;

/** As many runs at once as messages, so that none waits for its run while its lease runs out. */
export const USUAL_MESSAGES = 10;

const usualBackoff = {
  backoffSeconds: queueInputs.backoffSeconds.clean(""),
  maximumBackoffSeconds: queueInputs.maximumBackoffSeconds.clean(""),
};

interface DrainResult {
  readonly payload: Omit<TriggerPayload<DrainCursor>, "body"> & {
    readonly body: { readonly data: Leased; readonly contentType: string };
  };
}

export const drainQueue = batchTrigger({
  display: {
    label: "Drain Queue",
    description:
      "Run the flow on a schedule, once for each message of a queue: in order inside an ordering key, different keys at the same time. The flow acknowledges or releases its message.",
  },
  inputs: {
    queueConnection,
    queue,
    maximumMessages: numberInput(
      {
        label: "Maximum Messages",
        comments:
          "How many messages are leased at once, each of another ordering key, from 1 to 1000. With more than the flow's concurrent batch limit, some wait for their run while their lease runs out.",
        example: String(USUAL_MESSAGES),
      },
      USUAL_MESSAGES,
    ),
    leaseSeconds: {
      ...queueInputs.leaseSeconds,
      comments: `How long a message is kept from everybody else, from 1 to ${LONGEST_LEASE_SECONDS} seconds, counted from before its run starts. Make it longer than a run and the wait for it take: a message whose lease runs out is handed out again.`,
    },
    maximumAttempts,
    onExhausted,
  },
  scheduleSupport: "required",
  batchConfig: { batchSize: 1, concurrentBatchLimit: USUAL_MESSAGES },
  perform: async (context, payload: TriggerPayload<DrainCursor>, params) => {
    const { queueConnection: connection, queue: name, ...limits } = params;
    if (context.isSimulatedTestExecution === true) {
      context.logger.info(`A simulated test: nothing was leased from the queue "${name}".`);
      return { items: [], polledNoChanges: true };
    }
    const wish = { ...limits, ...usualBackoff };
    const { messages, next } = await useQueue(connection, (access) =>
      drainPage(createQueue(access, name), wish, payload.paginationState ?? undefined, Date.now()),
    );
    return { items: [...messages], paginationState: next, polledNoChanges: messages.length === 0 };
  },
  examplePayload: examplePayload as unknown as DrainResult,
});
