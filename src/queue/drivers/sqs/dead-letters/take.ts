import type { SqsEngine } from "../engine";
import type { Received } from "../receive";
import { deleteAll, putBack, receiveAll } from "./hold";
import { toOldestFirst } from "./letter";

/** What is in memory at a time; more are taken round by round. */
const MOST_PER_ROUND = 1000;
const MOST_CHARACTERS_PER_ROUND = 50_000_000;

type Ids = ReadonlySet<string> | "all";

const isFull = (wanted: readonly Received[]): boolean =>
  wanted.length >= MOST_PER_ROUND ||
  wanted.reduce((sum, { envelope }) => sum + envelope.body.length, 0) >= MOST_CHARACTERS_PER_ROUND;

const areAll = (wanted: readonly Received[], ids: Ids): boolean =>
  ids !== "all" && new Set(wanted.map(({ origin }) => origin.id)).size === ids.size;

/** Receives until what is wanted is there, or there is no more room; the rest is put back. */
const hold = async (engine: SqsEngine, url: string, ids: Ids): Promise<readonly Received[]> => {
  const isWanted = ({ origin }: Received): boolean => ids === "all" || ids.has(origin.id);
  const wanted: Received[] = [];
  const others: string[] = [];
  try {
    for await (const letters of receiveAll(engine, url)) {
      wanted.push(...letters.filter(isWanted));
      others.push(...letters.filter((letter) => !isWanted(letter)).map(({ receipt }) => receipt));
      if (areAll(wanted, ids) || isFull(wanted)) break;
    }
  } finally {
    await putBack(engine, url, others);
  }
  return wanted;
};

/**
 * Hands over dead letters, oldest first, and deletes them when that is done. What fails is put back, so that nothing is
 * lost; what was handed over then may be handed over again.
 *
 * @returns How many messages they were.
 */
export const takeDeadLetters = async (
  engine: SqsEngine,
  url: string,
  ids: readonly string[] | "all",
  handOver: (letters: readonly Received[]) => Promise<void>,
): Promise<number> => {
  const wanted = await hold(engine, url, ids === "all" ? "all" : new Set(ids));
  const receipts = wanted.map(({ receipt }) => receipt);
  const letters = toOldestFirst(wanted);
  try {
    await handOver(letters);
    await deleteAll(engine, url, receipts);
  } catch (error) {
    await putBack(engine, url, receipts).catch(() => undefined);
    throw error;
  }
  if (!isFull(wanted)) return letters.length;
  return letters.length + (await takeDeadLetters(engine, url, ids, handOver));
};
