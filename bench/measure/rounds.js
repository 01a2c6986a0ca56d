const WARM_UP_MICROSECONDS = 150_000;
const CLOCK_EVERY_MICROSECONDS = 500;

/** Processor time of this process: unlike the clock, it stands still while other programs run. */
const spentMicroseconds = () => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

const runBatch = async ({ call, isAsync = false }, size) => {
  if (isAsync) for (let i = 0; i < size; i++) await call();
  else for (let i = 0; i < size; i++) call();
};

/** Microseconds per call over about so many microseconds, looking at the time once a batch. */
const timeFor = async (contender, microseconds, batchSize = 1) => {
  const start = spentMicroseconds();
  let calls = 0;
  let spent = 0;
  while (spent < microseconds) {
    await runBatch(contender, batchSize);
    calls += batchSize;
    spent = spentMicroseconds() - start;
  }
  return spent / calls;
};

const toBatchSize = (microseconds) =>
  Math.max(1, Math.round(CLOCK_EVERY_MICROSECONDS / microseconds));

/** The order moves on by one each round, so that nobody always follows the same neighbour. */
const rotated = (list, by) => [...list.slice(by % list.length), ...list.slice(0, by % list.length)];

/**
 * Measures contenders `{ name, call, isAsync }` in turns (A B C, B C A, …), so that a busy machine hurts all of them
 * alike. Gives microseconds of processor time per call by name, one figure a round.
 */
export const measureInTurns = async (contenders, { rounds, milliseconds }) => {
  const times = new Map(contenders.map(({ name }) => [name, []]));
  const batches = new Map();
  for (const contender of contenders)
    batches.set(contender.name, toBatchSize(await timeFor(contender, WARM_UP_MICROSECONDS)));
  for (let round = 0; round < rounds; round++)
    for (const contender of rotated(contenders, round))
      times
        .get(contender.name)
        .push(await timeFor(contender, milliseconds * 1000, batches.get(contender.name)));
  return times;
};
