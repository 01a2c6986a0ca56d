/** A thrown value in words: spectral's hooks and some components throw plain strings and objects. */
export const describeThrown = (thrown: unknown): string => {
  if (thrown instanceof Error) return thrown.message || thrown.name;
  if (typeof thrown === "string") return thrown;
  const message = (thrown as { message?: unknown } | null | undefined)?.message;
  return typeof message === "string" ? message : "The component threw something without a message.";
};
