/** Says again and again for how many seconds something has been underway, until it is over. */
export const reportProgress = async <Result>(
  work: Promise<Result>,
  report: (seconds: number) => void,
  everyMilliseconds: number,
): Promise<Result> => {
  const started = Date.now();
  const timer = setInterval(() => {
    report(Math.round((Date.now() - started) / 1_000));
  }, everyMilliseconds);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
};
