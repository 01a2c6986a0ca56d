import consoleMethods from "node:console";

const levels = ["debug", "info", "log", "warn", "error"];

/** Runs `work` without what an SDK prints along the way. */
export const quietly = async (work) => {
  const before = levels.map((level) => [level, consoleMethods[level]]);
  for (const level of levels) consoleMethods[level] = () => undefined;
  try {
    return await work();
  } finally {
    Object.assign(consoleMethods, Object.fromEntries(before));
  }
};
