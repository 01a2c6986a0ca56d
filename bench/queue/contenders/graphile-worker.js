import { Logger, makeWorkerUtils, run } from "graphile-worker";
import { keepClients, keepWorker, ownWorker } from "../consume.js";

const TASK = "bench";
/** After a job of a key it often finds the key still held, and would wait for its usual two seconds. */
const POLL_MILLISECONDS = 5;

const logger = new Logger(() => () => {});

const toJob = ({ id, key, number, text }) => ({
  identifier: TASK,
  payload: { key, number, text },
  queueName: String(key),
  jobKey: id,
});

/** It has no lease to take and settle, only its own worker, which runs one job of a queue name at a time. */
const startWorker = (settings) => async (concurrency, handle) => {
  const runner = await run({
    ...settings,
    concurrency,
    maxPoolSize: concurrency + 2,
    noHandleSignals: true,
    pollInterval: POLL_MILLISECONDS,
    taskList: { [TASK]: handle },
  });
  return () => runner.stop();
};

const openClient = async (settings) => {
  const tools = await makeWorkerUtils({ ...settings, maxPoolSize: 1 });
  return {
    send: (message) => {
      const { identifier, payload, ...spec } = toJob(message);
      return tools.addJob(identifier, payload, spec);
    },
    close: () => tools.release(),
  };
};

export const createGraphileWorker = ({ connectionString, query }) => ({
  name: "graphile-worker",
  server: "postgres",
  isOrdered: true,
  modes: [ownWorker],
  /** Workers that find no key would ask again and again while the others have their turn. */
  canRun: ({ keys, consumers }) => keys >= consumers,
  open: async (name) => {
    const schema = `graphile_${name}`;
    const settings = { connectionString, schema, logger };
    const tools = await makeWorkerUtils(settings);
    await tools.migrate();
    const { clients, closeClients } = keepClients(() => openClient(settings));
    const { work, closeWorker } = keepWorker(startWorker(settings));
    return {
      clients,
      fill: (messages) => tools.addJobs(messages.map(toJob)),
      work,
      waiting: async () => Number((await query(`select count(*) from ${schema}.jobs`))[0].count),
      close: async () => {
        await closeWorker();
        await closeClients();
        await tools.release();
      },
    };
  },
});
