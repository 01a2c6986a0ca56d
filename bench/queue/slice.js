const LONGEST_MILLISECONDS = 20_000;

/**
 * One contender's turn: so many milliseconds, or so many messages if that is sooner. It lasts until one message at least
 * is settled, because some need seconds for it.
 */
export const createSlice = (backlog, { milliseconds, messages }) => {
  const started = performance.now();
  let ended;
  let settled = 0;
  let failure;
  let end;
  const over = new Promise((resolve) => {
    end = resolve;
  });
  const isOver = () => {
    if (failure !== undefined || settled >= messages) return true;
    return performance.now() - started >= (settled === 0 ? LONGEST_MILLISECONDS : milliseconds);
  };
  const timers = [milliseconds, LONGEST_MILLISECONDS].map((after) =>
    setTimeout(() => isOver() && end(), after),
  );
  /** A worker would take what is thrown in its handler for a failed job and go on, so it is kept for the end. */
  const checked = (check) => {
    try {
      check();
    } catch (error) {
      failure ??= error;
      end();
      throw error;
    }
  };
  return {
    isOver,
    /** Comes about when it is over: for workers that run by themselves. */
    over,
    taken: (consumer, batch) => checked(() => backlog.taken(consumer, batch)),
    settling: (batch) => checked(() => backlog.settling(batch)),
    /** What a worker still has in hand when it is over is checked, but does not count as speed. */
    settled: (batch) => {
      backlog.settled(batch);
      if (ended !== undefined) return;
      settled += batch.length;
      if (!isOver()) return;
      ended = performance.now();
      end();
    },
    /** Messages a second. What took longer than the slice counts with all its time. */
    finish: () => {
      for (const timer of timers) clearTimeout(timer);
      if (failure !== undefined) throw failure;
      if (settled === 0) throw new Error(`Not one message in ${LONGEST_MILLISECONDS} ms.`);
      return (settled * 1000) / ((ended ?? performance.now()) - started);
    },
  };
};
