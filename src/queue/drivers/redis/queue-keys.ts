/**
 * What a queue consists of, one Redis key each. Their number is fixed, however many ordering keys there are, so that a
 * script can declare all that it touches.
 *
 * - `figures`: hash: layout, counter, and the numbers of delayed and blocked messages and of blocked keys
 * - `messages`: hash: position to record
 * - `links`: hash: position to the next position of the same ordering key, and when that is due if it was delayed
 * - `states`: hash: ordering key to its state
 * - `ready`: list: ordering keys that can be leased, in turn
 * - `leases`: sorted set: leased ordering keys, by the millisecond at which the lease ends
 * - `delays`: sorted set: ordering keys that wait for a time, by the millisecond at which that is
 * - `heads`: sorted set: ordering keys with a message, by the position that their first one has, or one had before it
 * - `seen`: hash: dedupe key to the message's id and the end of the window
 * - `windows`: list: ends of windows with their dedupe keys, in the order in which they were enqueued
 * - `dead`: hash: message id to dead letter
 * - `letters`: sorted set: message ids of dead letters, by position
 */
export const queueParts = [
  "figures",
  "messages",
  "links",
  "states",
  "ready",
  "leases",
  "delays",
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
