import { type EngineName, engineAddresses, FOUND } from "./engine-addresses";

/** A suite that needs a real engine; skipped where there is none. */
export const describeWithEngine = (
  name: EngineName,
  title: string,
  suite: (address: string) => void,
): void => {
  const isHere = (process.env[FOUND] ?? "").split(",").includes(name);
  const run = isHere ? describe : describe.skip;
  run(title, () => suite(engineAddresses[name]));
};
