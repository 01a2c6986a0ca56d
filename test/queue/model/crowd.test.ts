import { checkHistory } from "../../support/queue/history/check-history";
import type { createMemoryDriver } from "../../support/queue/memory-driver";
import { playInCrowd } from "./crowd";
import { type Mutant, mutants } from "./mutants";
import { withMutants } from "./mutate";

const ROUNDS = 20;

/** Crowds settle in order, and neither delay, nor block, nor redrive, nor wait for the end of a dedupe window. */
const isForCrowds = ({ name, showsInHistory }: Mutant): boolean =>
  showsInHistory && !/delayed|wait for what|redriv|any order|never forgets|lengthens/.test(name);

type CreateDriver = typeof createMemoryDriver;
const createDrivers = new Map<Mutant, CreateDriver>();

beforeAll(() => {
  withMutants(mutants.filter(isForCrowds), (made) => {
    for (const [mutant, create] of made) createDrivers.set(mutant, create);
  });
}, 60_000);

const isCaught = async (create: CreateDriver, seed: number): Promise<boolean> => {
  let offset = 0;
  const driver = create(() => performance.now() + offset);
  const advance = async (seconds: number) => {
    offset += seconds * 1000;
  };
  const plan = { workers: 8, actions: 40, seed };
  const history = await playInCrowd(driver, advance, "queue", plan);
  const expectation = { isDrained: true, toDedupeKey: (message: string) => message };
  return checkHistory(history, expectation).length > 0;
};

describe("many at the same time find a queue in which", () => {
  it.each(mutants.filter(isForCrowds))("$name", async (mutant) => {
    const create = createDrivers.get(mutant)!;
    let found = false;
    for (let seed = 0; seed < ROUNDS && !found; seed += 1) found = await isCaught(create, seed);
    expect(found).toBe(true);
  });
});
