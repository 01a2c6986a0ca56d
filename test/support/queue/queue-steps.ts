import type { Connection } from "@prismatic-io/spectral";
import component from "../../../src";
import type { DeadLetterList, Leased } from "../../../src/queue/queue";

interface WirePart {
  readonly perform: (context: object, params: object) => Promise<unknown>;
}

interface Result<Data> {
  readonly branch?: string;
  readonly data: Data;
}

interface Choice {
  readonly key: string;
  readonly label: string;
}

/** Steps of a flow that use one queue, as the platform performs them: with raw inputs, which spectral cleans. */
export interface QueueSteps {
  /** Warnings that the steps have logged. */
  readonly warnings: readonly string[];
  readonly run: <Data>(action: string, inputs?: object) => Promise<Result<Data>>;
  /** The data of a step. */
  readonly act: (action: string, inputs?: object) => Promise<Record<string, unknown>>;
  /** Enqueues one after the other, each with its dedupe key as its body. */
  readonly put: (orderingKey: string, ...dedupeKeys: string[]) => Promise<void>;
  /** Leases one message, which has to be there. */
  readonly take: (inputs?: object) => Promise<Leased>;
  readonly listDead: (inputs?: object) => Promise<DeadLetterList>;
  readonly choose: () => Promise<readonly Choice[]>;
}

const partOf = (parts: unknown, key: string): WirePart => {
  const part = (parts as Record<string, WirePart>)[key];
  if (!part) throw new Error(`the component has no ${key}`);
  return part;
};

export const createQueueSteps = (
  queueConnection: Connection | undefined,
  queue: string,
): QueueSteps => {
  const warnings: string[] = [];
  const logger = { warn: (message: string) => warnings.push(message) };
  const given = { queueConnection, queue };
  const run = async <Data>(action: string, inputs: object = {}): Promise<Result<Data>> => {
    const { perform } = partOf(component.actions, action);
    return (await perform({ logger }, { ...given, ...inputs })) as Result<Data>;
  };
  const act: QueueSteps["act"] = async (action, inputs) =>
    (await run<Record<string, unknown>>(action, inputs)).data;
  return {
    warnings,
    run,
    act,
    put: async (orderingKey, ...dedupeKeys) => {
      for (const dedupeKey of dedupeKeys)
        await act("enqueueMessage", { orderingKey, dedupeKey, body: dedupeKey });
    },
    take: async (inputs) => {
      const { data } = await run<{ messages: Leased[] }>("leaseMessages", inputs);
      const [message] = data.messages;
      if (!message) throw new Error("there is nothing to lease");
      return message;
    },
    listDead: async (inputs) => (await run<DeadLetterList>("listDeadLetters", inputs)).data,
    choose: async () => {
      const { perform } = partOf(component.dataSources, "deadLetters");
      return ((await perform({ logger }, given)) as { result: Choice[] }).result;
    },
  };
};
