import type { SqsEngine } from "./engine";
import { toEntryError } from "./queue-error";
import { LARGEST_MESSAGE_BYTES } from "./traits";

export interface Sending {
  readonly group: string;
  readonly dedupeId: string;
  readonly text: string;
}

const MOST_PER_BATCH = 10;

const countFitting = (heads: readonly Sending[]): number => {
  let bytes = 0;
  const end = heads.findIndex(({ text }, index) => {
    bytes += Buffer.byteLength(text);
    return index === MOST_PER_BATCH || (index > 0 && bytes > LARGEST_MESSAGE_BYTES);
  });
  return end === -1 ? heads.length : end;
};

/**
 * Batches in which no group comes twice: SQS may take some entries of a batch and refuse others, and what it takes must
 * not stand before what it refused.
 */
export function* toBatches(sendings: readonly Sending[]): Generator<Sending[]> {
  const groups = new Map<string, Sending[]>();
  for (const sending of sendings) {
    const group = groups.get(sending.group);
    if (group) group.push(sending);
    else groups.set(sending.group, [sending]);
  }
  const waiting = [...groups.values()].map((group) => group.values());
  let heads = waiting.map((rest) => ({ rest, head: rest.next().value as Sending }));
  while (heads.length > 0) {
    const candidates = heads.slice(0, MOST_PER_BATCH + 1).map(({ head }) => head);
    const count = countFitting(candidates);
    const taken = heads.splice(0, count);
    yield taken.map(({ head }) => head);
    const following = taken.flatMap(({ rest }) => {
      const next = rest.next();
      return next.done ? [] : [{ rest, head: next.value }];
    });
    heads = heads.concat(following);
  }
}

const sendBatch = async (
  { call }: SqsEngine,
  url: string,
  batch: readonly Sending[],
): Promise<ReadonlyMap<Sending, string>> => {
  const { output } = await call((sqs) =>
    sqs.sendMessageBatch({
      QueueUrl: url,
      Entries: batch.map(({ group, dedupeId, text }, index) => ({
        Id: String(index),
        MessageBody: text,
        MessageGroupId: group,
        MessageDeduplicationId: dedupeId,
      })),
    }),
  );
  const [failed] = output.Failed ?? [];
  if (failed) throw toEntryError(failed);
  const ids = new Map(output.Successful?.map(({ Id, MessageId }) => [Id, MessageId]));
  return new Map(batch.map((sending, index) => [sending, ids.get(String(index)) ?? ""]));
};

/**
 * Sends one after the other what shares a group, and stops at the first failure.
 *
 * @returns The ids that SQS gave.
 */
export const sendInOrder = async (
  engine: SqsEngine,
  url: string,
  sendings: readonly Sending[],
): Promise<ReadonlyMap<Sending, string>> => {
  const sent = new Map<Sending, string>();
  for (const batch of toBatches(sendings))
    for (const [sending, id] of await sendBatch(engine, url, batch)) sent.set(sending, id);
  return sent;
};
