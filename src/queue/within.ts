/** What comes of the work, or an error once the time is up. The work itself goes on, unless making the error ends it. */
export const within = async <Result>(
  milliseconds: number,
  work: Promise<Result>,
  toError: () => Error,
): Promise<Result> => {
  let timer: NodeJS.Timeout | undefined;
  const timeIsUp = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(toError()), milliseconds);
  });
  try {
    return await Promise.race([work, timeIsUp]);
  } finally {
    clearTimeout(timer);
  }
};
