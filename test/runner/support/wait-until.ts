/** Resolves as soon as something is so; the test's own time limit is the only one. */
export const waitUntil = async (isSo: () => boolean): Promise<void> => {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
};
