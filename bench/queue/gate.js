/**
 * Lets a worker that runs by itself work during its turn only; in between its handlers stand still with what they have.
 * A worker is not stopped and started instead, because graphile-worker 0.18.0 leaves a job locked when it is stopped
 * while that job ends.
 */
export const createGate = () => {
  let current;
  let isClosed = false;
  let waiting = [];
  const wake = () => {
    const woken = waiting;
    waiting = [];
    for (const resolve of woken) resolve();
  };
  return {
    handle: async (message) => {
      while (!current && !isClosed) await new Promise((resolve) => waiting.push(resolve));
      if (isClosed) return;
      const slice = current;
      slice.taken(message, [message]);
      slice.settling([message]);
      slice.settled([message]);
    },
    letThrough: async (slice) => {
      current = slice;
      wake();
      await slice.over;
      current = undefined;
    },
    close: () => {
      isClosed = true;
      wake();
    },
  };
};
