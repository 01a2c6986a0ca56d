import type { LeaseRequest } from "../../driver";
import type { LeasedMessage } from "../../message";
import { setAside } from "./dead-letters/set-aside";
import type { SqsEngine } from "./engine";
import type { QueueNames } from "./queue-names";
import { type Received, receive } from "./receive";
import { writeReference } from "./reference";

const MOST_CALLS_AT_ONCE = 10;
/** More than a run can hold in memory, bodies and leases together, would never be settled; a lease then has fewer messages. */
const MOST_CHARACTERS = 33_554_432;

const toLeased = (received: Received, leaseSeconds: number): LeasedMessage => {
  const { envelope, origin, receiveCount: attempt, at } = received;
  const { orderingKey, dedupeKey, body } = envelope;
  return {
    id: origin.id,
    orderingKey,
    dedupeKey,
    body,
    attempt,
    enqueuedAt: new Date(origin.enqueuedAt),
    expiresAt: new Date(at.getTime() + leaseSeconds * 1000),
    reference: writeReference({ ...received, attempt, leasedAt: at.getTime() }),
  };
};

/**
 * Leases one message. One that has had its attempts goes to the dead letters, and the next one is taken.
 *
 * One message for each call, because SQS fills an answer with messages of one group, and counts a receive for each of
 * them: those behind a poisonous message would lose their attempts with it.
 */
const leaseOne = async (
  engine: SqsEngine,
  names: QueueNames,
  { leaseSeconds: seconds, maximumAttempts, exhaustedReason }: LeaseRequest,
  patienceSeconds: number,
): Promise<LeasedMessage | undefined> => {
  const url = await engine.urls.of(names.messages);
  for (;;) {
    const [received] = await receive(engine, url, { maximum: 1, seconds, patienceSeconds });
    if (!received) return undefined;
    if (received.receiveCount <= maximumAttempts) return toLeased(received, seconds);
    const attempt = received.receiveCount - 1;
    const held = { ...received, attempt, leasedAt: received.at.getTime() };
    await setAside(engine, names, held, exhaustedReason);
  }
};

/**
 * The first call waits a moment for a message, so that "nothing there" is true; the others run side by side until one
 * finds nothing. What was leased is given out even if another call fails, because nobody else would give it back.
 */
export const lease = async (
  engine: SqsEngine,
  names: QueueNames,
  request: LeaseRequest,
): Promise<readonly LeasedMessage[]> => {
  const first = await leaseOne(engine, names, request, engine.patienceSeconds);
  if (!first) return [];
  const leased = [first];
  let wanted = request.maximumMessages - 1;
  let characters = first.body.length;
  const leaseOthers = async (): Promise<void> => {
    while (wanted > 0 && characters < MOST_CHARACTERS) {
      wanted -= 1;
      const message = await leaseOne(engine, names, request, 0);
      if (!message) return;
      leased.push(message);
      characters += message.body.length;
    }
  };
  const calls = Math.min(MOST_CALLS_AT_ONCE, wanted);
  await Promise.allSettled(Array.from({ length: calls }, leaseOthers));
  return leased;
};
