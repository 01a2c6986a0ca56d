import { setTimeout as sleep } from "node:timers/promises";
import { createGate } from "./gate.js";

const PAUSE_MILLISECONDS = 5;

/** About to be settled, and settled: another consumer may have the key before the answer is back here. */
const settle = async (client, slice, messages) => {
  slice.settling(messages);
  await client.settle(messages);
  slice.settled(messages);
};

const consumeFrom = async (client, slice, most) => {
  while (!slice.isOver()) {
    const batch = await client.take(most);
    if (batch.length === 0) await sleep(PAUSE_MILLISECONDS);
    else {
      slice.taken(client, batch);
      await settle(client, slice, batch);
    }
  }
};

/** Each consumer has a client of its own, as a process of its own would. One that finds nothing pauses. */
const pull = (most) => async (queue, consumers, slice) => {
  const clients = await queue.clients(consumers);
  await Promise.all(clients.map((client) => consumeFrom(client, slice, most)));
};

export const oneAtATime = { name: "one at a time", run: pull(1) };
/** Leased in one call, and acknowledged in one. */
export const batchesOfTen = { name: "batches of 10", run: pull(10) };
export const ownWorker = {
  name: "its own worker",
  run: (queue, consumers, slice) => queue.work(consumers, slice),
};

/** Clients of one queue, opened when they are needed first, and kept. */
export const keepClients = (open) => {
  const opened = [];
  return {
    clients: async (count) => {
      while (opened.length < count) opened.push(await open());
      return opened.slice(0, count);
    },
    closeClients: () => Promise.all(opened.map(({ close }) => close())),
  };
};

/** The one worker of a queue. `start` is given how many messages it has in hand at once, and what to do with each. */
export const keepWorker = (start) => {
  const gate = createGate();
  let stop;
  return {
    work: async (consumers, slice) => {
      stop ??= await start(consumers, gate.handle);
      await gate.letThrough(slice);
    },
    closeWorker: async () => {
      gate.close();
      await stop?.();
    },
  };
};
