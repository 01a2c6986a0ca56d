import type { SqsClient } from "./client";
import { toQueueError } from "./queue-error";
import { isMissingQueue } from "./service-error";

/** The addresses of queues, asked for once. */
export interface QueueUrls {
  /** Undefined where there is no such queue. */
  readonly find: (name: string) => Promise<string | undefined>;
  /** @throws HooklineError QUEUE_UNUSABLE where there is no such queue. */
  readonly of: (name: string) => Promise<string>;
  readonly remember: (name: string, url: string) => void;
  readonly forget: (name: string) => void;
}

export const createQueueUrls = ({ call }: SqsClient): QueueUrls => {
  const known = new Map<string, string>();

  const ask = async (name: string): Promise<string> => {
    const { output } = await call((sqs) => sqs.getQueueUrl({ QueueName: name }));
    const url = output.QueueUrl ?? "";
    known.set(name, url);
    return url;
  };

  const of = async (name: string): Promise<string> => {
    try {
      return known.get(name) ?? (await ask(name));
    } catch (error) {
      throw toQueueError(error, name);
    }
  };

  return {
    of,
    find: async (name) => {
      try {
        return known.get(name) ?? (await ask(name));
      } catch (error) {
        if (isMissingQueue(error)) return undefined;
        throw error;
      }
    },
    remember: (name, url) => {
      known.set(name, url);
    },
    forget: (name) => {
      known.delete(name);
    },
  };
};
