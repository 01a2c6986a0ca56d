import { randomUUID } from "node:crypto";
import { assert, asyncProperty } from "fast-check";
import type { QueueWorld } from "../../contracts/queue/subject";
import { expectPromisesKept, playBeside } from "./play";
import { toParameters } from "./settings";
import { steps } from "./step";

interface ModelSubject {
  readonly name: string;
  readonly open: () => Promise<QueueWorld>;
  /** Without `MODEL_RUNS`. */
  readonly usualRuns: number;
  readonly remembersEnds: boolean;
}

const LONGEST_MILLISECONDS = 3_600_000;

/** Random plays on a driver and on the reference in step. */
export const describeModel = ({ name, open, usualRuns, remembersEnds }: ModelSubject): void => {
  describe(`${name} beside the reference`, () => {
    let world: QueueWorld;
    beforeAll(async () => {
      world = await open();
    }, 60_000);
    afterAll(() => world.close());

    it(
      "shows the same after every step of whatever producers, consumers, clocks and people do",
      async () => {
        const driver = world.connect();
        const player = { driver, advance: world.advance, remembersEnds };
        const play = asyncProperty(steps, async (plan) => {
          const queue = `model-${randomUUID()}`;
          await driver.ensure(queue);
          expectPromisesKept(await playBeside(player, queue, plan));
          await driver.remove(queue);
        });
        try {
          await assert(play, toParameters(usualRuns));
        } finally {
          await driver.close();
        }
      },
      LONGEST_MILLISECONDS,
    );
  });
};
