import type { QueueDriver } from "../../../src/queue/driver";
import type { DeadLetter } from "../../../src/queue/message";

const PAGE = 3;

/** All dead letters, page by page. */
export const readLetters = async (driver: QueueDriver, queue: string): Promise<DeadLetter[]> => {
  const letters: DeadLetter[] = [];
  let cursor: string | null = null;
  do {
    const page = await driver.listDeadLetters(queue, { limit: PAGE, cursor });
    expect(page.deadLetters.length).toBeLessThanOrEqual(PAGE);
    letters.push(...page.deadLetters);
    cursor = page.cursor;
  } while (cursor !== null);
  return letters;
};
