import { asyncProperty, check } from "fast-check";
import { createCountingClock } from "../../support/queue/counting-clock";
import { createMemoryDriver } from "../../support/queue/memory-driver";
import { mutants, unfairMutants } from "./mutants";
import { withMutants } from "./mutate";
import { expectPromisesKept, playBeside } from "./play";
import { steps } from "./step";
import { countMostTurns, expectTurns, turns } from "./take-turns";

const MOST_RUNS = 3000;

type CreateDriver = typeof createMemoryDriver;

const createDrivers = new Map<unknown, CreateDriver>();

beforeAll(() => {
  withMutants([...mutants, ...unfairMutants], (made) => {
    for (const [mutant, create] of made) createDrivers.set(mutant, create);
  });
}, 60_000);

/** Whether some play ends badly. A found one is not made smaller: nobody reads it. */
const isCaught = async (create: CreateDriver, createReference: CreateDriver): Promise<boolean> => {
  const play = asyncProperty(steps, async (plan) => {
    const clock = createCountingClock();
    const advance = async (seconds: number) => clock.jump(seconds);
    const player = { driver: create(clock.now), advance, remembersEnds: false };
    expectPromisesKept(await playBeside(player, "queue", plan, createReference));
  });
  const { failed } = await check(play, { numRuns: MOST_RUNS, endOnFailure: true });
  return failed;
};

describe("the model check finds a queue in which", () => {
  it.each(mutants)(
    "$name",
    async (mutant) => {
      expect(await isCaught(createDrivers.get(mutant)!, createMemoryDriver)).toBe(true);
    },
    60_000,
  );
});

describe("a history alone shows that", () => {
  it.each(mutants.filter(({ showsInHistory }) => showsInHistory))(
    "$name",
    async (mutant) => {
      const create = createDrivers.get(mutant)!;
      expect(await isCaught(create, create)).toBe(true);
    },
    60_000,
  );
});

describe("counting turns finds a queue in which", () => {
  it.each(unfairMutants)(
    "$name",
    async (mutant) => {
      const play = asyncProperty(turns, async (plan) => {
        const driver = createDrivers.get(mutant)!(() => 0);
        expectTurns(await countMostTurns(driver, "queue", plan));
      });
      const { failed } = await check(play, { numRuns: 50, endOnFailure: true });
      expect(failed).toBe(true);
    },
    60_000,
  );
});
