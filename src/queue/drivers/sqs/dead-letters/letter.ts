import type { DeadLetter } from "../../../message";
import type { Received } from "../receive";

/** Texts that sort like the messages: by time, and inside a group by its sequence. Whoever lists pages by them. */
export const toPosition = ({ origin: { enqueuedAt, sequence, id } }: Received): string =>
  [String(enqueuedAt).padStart(15, "0"), sequence.padStart(40, "0"), id].join(".");

/** The position of the last dead letter that was listed. */
export const CURSOR = /^[-\d]{15,}\../;

/** Oldest message first; one that was set aside twice, because a run died in between, counts once. */
export const toOldestFirst = (letters: readonly Received[]): readonly Received[] => {
  const byPosition = new Map(letters.map((letter) => [toPosition(letter), letter]));
  const positions = [...byPosition.keys()].sort();
  return positions.flatMap((position) => byPosition.get(position) ?? []);
};

export const toDeadLetter = ({ envelope, origin, sentAt }: Received): DeadLetter => {
  const { orderingKey, dedupeKey, body, aside } = envelope;
  return {
    id: origin.id,
    orderingKey,
    dedupeKey,
    body,
    attempt: aside?.attempt ?? 0,
    reason: aside?.reason ?? "Put here by another program.",
    enqueuedAt: new Date(origin.enqueuedAt),
    deadAt: new Date(sentAt),
    isBlocking: false,
  };
};
