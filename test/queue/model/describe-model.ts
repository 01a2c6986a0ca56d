import { randomUUID } from "node:crypto";
import { assert, asyncProperty } from "fast-check";
import type { QueueWorld } from "../../contracts/queue/subject";
import { checkHistory } from "../../support/queue/history/check-history";
import { playInCrowd } from "./crowd";
import { expectPromisesKept, playBeside } from "./play";
import { toParameters } from "./settings";
import { steps } from "./step";
import { countMostTurns, expectTurns, turns } from "./take-turns";

interface ModelSubject {
  readonly name: string;
  readonly open: () => Promise<QueueWorld>;
  /** Without `MODEL_RUNS`. */
  readonly usualRuns: number;
  readonly remembersEnds: boolean;
}

const ROUNDS = 3;
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

    it(
      "lets keys take turns, however many of them are leased and settled",
      async () => {
        const driver = world.connect();
        const play = asyncProperty(turns, async (plan) => {
          const queue = `turns-${randomUUID()}`;
          await driver.ensure(queue);
          expectTurns(await countMostTurns(driver, queue, plan));
          await driver.remove(queue);
        });
        try {
          await assert(play, toParameters(ROUNDS));
        } finally {
          await driver.close();
        }
      },
      LONGEST_MILLISECONDS,
    );

    it(
      "keeps its promises to many who do what they like at the same time",
      async () => {
        const driver = world.connect();
        const { seed = Math.floor(Math.random() * 2 ** 31), numRuns } = toParameters(ROUNDS);
        try {
          for (let round = 0; round < numRuns; round += 1) {
            const queue = `crowd-${randomUUID()}`;
            const plan = { workers: 8, actions: 40, seed: seed + round };
            await driver.ensure(queue);
            const history = await playInCrowd(driver, world.advance, queue, plan);
            const expectation = { isDrained: true, toDedupeKey: (message: string) => message };
            expect({ plan, violations: checkHistory(history, expectation) }).toEqual({
              plan,
              violations: [],
            });
            await driver.remove(queue);
          }
        } finally {
          await driver.close();
        }
      },
      LONGEST_MILLISECONDS,
    );
  });
};
