import { setTimeout as sleep } from "node:timers/promises";
import { createGate } from "./gate.js";

const PAUSE_MILLISECONDS = 5;

/** About to be settled, and settled: another consumer may have the key before the answer is back here. */
const settle = async (client, slice, messages) => {
  slice.settling(messages);
  await client.settle(messages);
  slice.settled(messages);
};

const settleOneByOne = async (client, slice, batch) => {
  for (const message of batch) await settle(client, slice, [message]);
};

const consumeFrom = async (client, slice, { most, settleBatch }) => {
  while (!slice.isOver()) {
    const batch = await client.take(most);
    if (batch.length === 0) await sleep(PAUSE_MILLISECONDS);
    else {
      slice.taken(client, batch);
      await settleBatch(client, slice, batch);
    }
  }
};

/** Each consumer has a client of its own, as a process of its own would. One that finds nothing pauses. */
const pull = (most, settleBatch) => async (queue, consumers, slice) => {
  const clients = await queue.clients(consumers);
  const way = { most, settleBatch };
  await Promise.all(clients.map((client) => consumeFrom(client, slice, way)));
};

export const oneAtATime = { name: "one at a time", run: pull(1, settleOneByOne) };
export const batchesOfTen = { name: "batches of 10", run: pull(10, settleOneByOne) };
export const batchesAtOnce = {
  name: "batches of 10, acknowledged at once",
  run: pull(10, settle),
};
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
