import { setTimeout as sleep } from "node:timers/promises";
import { createBacklog } from "./backlog.js";
import { createSlice } from "./slice.js";

const CHECK_MILLISECONDS = 3000;
const FILL_AT_ONCE = 1000;

const range = (count) => Array.from({ length: count }, (_, index) => index);
/** The order moves on by one each round, so that nobody always follows the same neighbour. */
const rotated = (list, by) => [...list.slice(by % list.length), ...list.slice(0, by % list.length)];

/** A queue of a contender, and what is known to be in it. */
export const openQueue = async (contender, name, keys) => {
  const backlog = createBacklog(keys, contender.isOrdered);
  const queue = await contender.open(name, keys);
  return {
    contender,
    queue,
    backlog,
    fillTo: async (level) => {
      while (backlog.waiting < level)
        await queue.fill(backlog.make(Math.min(FILL_AT_ONCE, level - backlog.waiting)));
    },
    /** The engine's own count has to become ours, at once or when what is under way has arrived: nothing lost, nothing twice. */
    check: async () => {
      const deadline = Date.now() + CHECK_MILLISECONDS;
      let waiting = await queue.waiting();
      while (waiting !== backlog.waiting && Date.now() < deadline) {
        await sleep(10);
        waiting = await queue.waiting();
      }
      if (waiting !== backlog.waiting)
        throw new Error(`${contender.name}: ${waiting} wait, not ${backlog.waiting}.`);
    },
    close: () => queue.close(),
  };
};

/**
 * Turns of all runs `{ name, opened, mode, consumers }`, messages a second by name, one figure a round. Before each turn
 * the backlog is brought back to its level. The first round only warms up.
 */
export const consumeInTurns = async (runs, { level, rounds, milliseconds }) => {
  const rates = new Map(runs.map(({ name }) => [name, []]));
  const messages = Math.max(1, level >> 1);
  for (const round of range(rounds + 1))
    for (const { name, opened, mode, consumers } of rotated(runs, round)) {
      await opened.fillTo(level);
      const slice = createSlice(opened.backlog, { milliseconds, messages });
      await mode.run(opened.queue, consumers, slice);
      const perSecond = slice.finish();
      if (round > 0) rates.get(name).push(perSecond);
    }
  for (const { opened } of runs) await opened.check();
  return rates;
};

const sendAll = async (client, backlog, isOver) => {
  let sent = 0;
  while (!isOver()) {
    await client.send(backlog.make(1)[0]);
    sent += 1;
  }
  return sent;
};

/** Messages a second that are handed over one by one by so many producers at once. */
export const sendInTurns = async (queues, producers, { rounds, milliseconds }) => {
  const rates = new Map(queues.map(({ contender }) => [contender.name, []]));
  for (const round of range(rounds + 1))
    for (const { contender, queue, backlog } of rotated(queues, round)) {
      const clients = await queue.clients(producers);
      const started = performance.now();
      const isOver = () => performance.now() - started >= milliseconds;
      const sent = await Promise.all(clients.map((client) => sendAll(client, backlog, isOver)));
      const seconds = (performance.now() - started) / 1000;
      if (round > 0)
        rates.get(contender.name).push(sent.reduce((total, count) => total + count, 0) / seconds);
    }
  for (const opened of queues) await opened.check();
  return rates;
};
