import { batchesOfTen, oneAtATime } from "./consume.js";
import { consumeInTurns, openQueue, sendInTurns } from "./measure.js";

const tell = (text) => process.stderr.write(`${text}\n`);

const closeAll = async (queues, server) => {
  for (const { close } of queues) await close();
  await server.clear();
};

/** By number of producers: messages a second of each contender. */
export const measureSending = async (name, server, contenders, turns) => {
  tell(`${name}: enqueueing`);
  const rates = {};
  for (const producers of [1, 8]) {
    const queues = [];
    for (const contender of contenders)
      queues.push(await openQueue(contender, `send_${producers}`, 100));
    rates[producers] = await sendInTurns(queues, producers, turns);
    await closeAll(queues, server);
  }
  return rates;
};

const openRuns = async (contenders, { keys, consumers }, level) => {
  const runs = [];
  for (const contender of contenders)
    for (const mode of contender.modes) {
      if (contender.canRun && !contender.canRun({ keys, consumers })) continue;
      const name = `${contender.name}, ${mode.name}`;
      const opened = await openQueue(contender, `cell_${keys}_${consumers}_${runs.length}`, keys);
      await opened.fillTo(level);
      runs.push({ name, opened, mode, consumers });
    }
  return runs;
};

/** One number of keys and of consumers: messages a second of each run, and how often an unordered one broke the order. */
export const measureCell = async (name, server, contenders, cell, turns) => {
  tell(`${name}: ${cell.keys} keys, ${cell.consumers} consumers`);
  const runs = await openRuns(contenders, cell, turns.level);
  await server.settle();
  const rates = await consumeInTurns(runs, turns);
  const breaks = runs
    .filter(({ opened }) => !opened.contender.isOrdered)
    .map((run) => ({ name: run.name, breaks: run.opened.backlog.breaks }));
  await closeAll(
    runs.map(({ opened }) => opened),
    server,
  );
  return { rates, breaks };
};

/**
 * By number of queued messages: messages a second of one consumer, and the server's own calls at the same time. The
 * queues grow; they are not filled anew.
 */
export const measureGrowth = async (name, server, { contenders, openReference }, turns) => {
  const runs = [];
  for (const contender of contenders) {
    const opened = await openQueue(contender, "growth", 100);
    const mode = contender.modes.includes(oneAtATime) ? oneAtATime : contender.modes[0];
    runs.push({ name: contender.name, opened, mode, consumers: 1 });
  }
  runs.push(await openReference());
  const rates = {};
  for (const level of turns.levels) {
    for (const { name: contender, opened } of runs) {
      tell(`${name}: ${contender} to ${level}`);
      await opened.fillTo(level);
    }
    await server.settle();
    tell(`${name}: consuming at ${level}`);
    rates[level] = await consumeInTurns(runs, { ...turns, level });
  }
  await closeAll(
    runs.map(({ opened }) => opened),
    server,
  );
  return rates;
};

/** What is compared with what: peers take and settle as we do, and a worker of their own stands against one at a time. */
export const toLike = (run) => {
  const mode = run.includes(batchesOfTen.name) ? batchesOfTen : oneAtATime;
  return `Hookline, ${mode.name}`;
};
