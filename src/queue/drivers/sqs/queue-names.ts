import { HooklineError } from "../../../errors";

/** The queue, and the one that holds its dead letters. */
export interface QueueNames {
  readonly messages: string;
  readonly deadLetters: string;
}

const FIFO = ".fifo";
const DEAD = "-dead";
/** SQS takes 80 characters, suffixes included. */
const LONGEST = 80 - FIFO.length - DEAD.length;

const allowed = new RegExp(`^[A-Za-z0-9_-]{1,${LONGEST}}$`);

/** @throws HooklineError INPUT_INVALID */
export const toQueueNames = (queue: string): QueueNames => {
  const name = queue.endsWith(FIFO) ? queue.slice(0, -FIFO.length) : queue;
  if (!allowed.test(name))
    throw new HooklineError(
      "INPUT_INVALID",
      `Queue: Amazon SQS takes letters without accents, digits, hyphens and underscores; use 1 to ${LONGEST} of them, because ${DEAD}${FIFO} is added for the dead letters.`,
    );
  if (name.endsWith(DEAD))
    throw new HooklineError(
      "INPUT_INVALID",
      `Queue: a name that ends with ${DEAD} is kept for the dead letters of another queue. Choose another name.`,
    );
  return { messages: `${name}${FIFO}`, deadLetters: `${name}${DEAD}${FIFO}` };
};
