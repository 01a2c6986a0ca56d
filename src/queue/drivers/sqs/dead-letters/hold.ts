import { toChunks } from "../../../chunks";
import type { SqsEngine } from "../engine";
import { toEntryError } from "../queue-error";
import { type Received, receive } from "../receive";
import { isLostLease } from "../service-error";

const MOST_PER_CALL = 10;
/** Then what nobody gave back comes back by itself. */
const HOLD_SECONDS = 300;
/** Far below, so that no letter is received twice. */
const LONGEST_SEARCH_MILLISECONDS = 60_000;

/** Everything in the queue, as far as nobody else holds it, ten at a time. It is kept from others until it is put back or deleted. */
export async function* receiveAll(
  engine: SqsEngine,
  url: string,
): AsyncGenerator<readonly Received[]> {
  const end = performance.now() + LONGEST_SEARCH_MILLISECONDS;
  const wanted = { maximum: MOST_PER_CALL, seconds: HOLD_SECONDS };
  while (performance.now() < end) {
    const { patienceSeconds } = engine;
    const received = await receive(engine, url, { ...wanted, patienceSeconds });
    if (received.length === 0) return;
    yield received;
  }
}

const toEntries = (receipts: readonly string[]) =>
  receipts.map((ReceiptHandle, index) => ({ Id: String(index), ReceiptHandle }));

/** A receipt that is lost means that the letter is back already. */
const check = (failed: readonly { Code?: string | undefined }[] = []): void => {
  const errors = failed.map(toEntryError).filter((error) => !isLostLease(error));
  if (errors[0]) throw errors[0];
};

export const putBack = async (
  { call }: SqsEngine,
  url: string,
  receipts: readonly string[],
): Promise<void> => {
  for (const ten of toChunks(receipts, MOST_PER_CALL)) {
    const Entries = toEntries(ten).map((entry) => ({ ...entry, VisibilityTimeout: 0 }));
    const { output } = await call((sqs) =>
      sqs.changeMessageVisibilityBatch({ QueueUrl: url, Entries }),
    );
    check(output.Failed);
  }
};

export const deleteAll = async (
  { call }: SqsEngine,
  url: string,
  receipts: readonly string[],
): Promise<void> => {
  for (const ten of toChunks(receipts, MOST_PER_CALL)) {
    const Entries = toEntries(ten);
    const { output } = await call((sqs) => sqs.deleteMessageBatch({ QueueUrl: url, Entries }));
    check(output.Failed);
  }
};
