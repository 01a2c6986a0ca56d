/** An error that a peer's client tells of in passing is shown. What it did to the result, the checks of the result find. */
export const showComplaints = (name, emitter) => {
  emitter.on("error", ({ message }) => process.stderr.write(`${name}: ${message}\n`));
  return emitter;
};
