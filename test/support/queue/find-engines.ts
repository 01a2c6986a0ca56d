import { connect } from "node:net";
import { type EngineName, engineAddresses, FOUND, REQUIRED } from "./engine-addresses";

const answers = (address: string): Promise<boolean> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(address);
    const socket = connect({ host: hostname, port: Number(port), timeout: 2000 });
    const end = (isThere: boolean) => () => {
      socket.destroy();
      resolve(isThere);
    };
    socket.on("connect", end(true)).on("error", end(false)).on("timeout", end(false));
  });

const isFound = async ([name, address]: [string, string]): Promise<string[]> => {
  if (await answers(address)) return [name];
  const where = `${name} does not answer at ${new URL(address).host}`;
  if (process.env[REQUIRED])
    throw new Error(`${where}, and ${REQUIRED} is set: start it, or say where it is.`);
  process.stderr.write(`${where}: the tests that need it are skipped.\n`);
  return [];
};

/** Looks once for the engines of this machine, so that tests of one that is missing are skipped, or fail where it has to be there. */
const findEngines = async (): Promise<void> => {
  const entries = Object.entries(engineAddresses) as [EngineName, string][];
  process.env[FOUND] = (await Promise.all(entries.map(isFound))).flat().join();
};

export default findEngines;
