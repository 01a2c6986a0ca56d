/**
 * What a queue consists of, one Redis key each. Their number is fixed, however many ordering keys there are, so that a
 * script can declare all that it touches.
 *
 * - `meta`: hash: layout, counter, and the numbers of leased, delayed and blocked messages and of blocked keys
 * - `messages`: hash: position to record
 * - `links`: hash: position to the next position of the same ordering key, and when that is due if it was delayed
 * - `states`: hash: ordering key to its state
 * - `ready`: sorted set: ordering keys that can be leased, by turn
 * - `waiting`: sorted set: ordering keys that are leased or delayed, by the millisecond at which that ends
 * - `heads`: sorted set: ordering keys with a message, by the position of their first one
 * - `seen`: hash: dedupe key to the message's id and the end of the window
 * - `windows`: sorted set: dedupe keys by the end of their window
 * - `dead`: hash: message id to dead letter
 * - `letters`: sorted set: message ids of dead letters, by position
 */
export const queueParts = [
  "meta",
  "messages",
  "links",
  "states",
  "ready",
  "waiting",
  "heads",
  "seen",
  "windows",
  "dead",
  "letters",
] as const;

export type QueuePart = (typeof queueParts)[number];

/**
 * What stands before the part's name. Redis Cluster keeps together what has the same text in braces; neither the prefix
 * nor a name that is percent-encoded has a brace of its own.
 */
export const toKeyStart = (prefix: string, queue: string): string =>
  `${prefix}:{${encodeURIComponent(queue)}}:`;
