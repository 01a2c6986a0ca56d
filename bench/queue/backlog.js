const TEXT = "x".repeat(200);

/** Sorts like its number, and is a UUID, because pg-boss takes nothing else as an id. */
const toId = (number) => `00000000-0000-7000-8000-${number.toString(16).padStart(12, "0")}`;

/** Makes messages in turns of the keys, each numbered within its key. */
const createWriter = (keys) => {
  const written = new Array(keys).fill(0);
  let made = 0;
  return {
    write: () => {
      const key = made % keys;
      made += 1;
      written[key] += 1;
      return { id: toId(made), key, number: written[key] - 1, text: TEXT };
    },
    get made() {
      return made;
    },
  };
};

/** Watches that the messages of a key come out once and in order, and that no two consumers hold one key. */
const createWatch = (keys, report) => {
  const expected = new Array(keys).fill(0);
  const holders = new Map();
  return {
    take: (consumer, message) => {
      const { key, number } = message;
      const holder = holders.get(key);
      if (number !== expected[key]) report(`${expected[key]} was to come`, message);
      if (holder && holder.consumer !== consumer) report("another consumer holds the key", message);
      expected[key] = Math.max(expected[key], number + 1);
      holders.set(key, { consumer, count: (holder?.count ?? 0) + 1 });
    },
    letGo: ({ key }) => {
      const { consumer, count } = holders.get(key);
      if (count === 1) holders.delete(key);
      else holders.set(key, { consumer, count: count - 1 });
    },
  };
};

/** What one queue holds, known without asking it. A queue that promises order and breaks it throws; others are counted. */
export const createBacklog = (keys, isOrdered) => {
  const writer = createWriter(keys);
  let settledSoFar = 0;
  let breaks = 0;
  const watch = createWatch(keys, (problem, { key, number }) => {
    if (isOrdered) throw new Error(`Key ${key}, message ${number}: ${problem}.`);
    breaks += 1;
  });
  return {
    make: (count) => Array.from({ length: count }, writer.write),
    taken: (consumer, messages) => {
      for (const message of messages) watch.take(consumer, message);
    },
    settling: (messages) => messages.forEach(watch.letGo),
    settled: (messages) => {
      settledSoFar += messages.length;
    },
    get waiting() {
      return writer.made - settledSoFar;
    },
    get breaks() {
      return breaks;
    },
  };
};
