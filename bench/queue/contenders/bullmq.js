import { Queue, Worker } from "bullmq";
import { showComplaints } from "../complaints.js";
import { keepClients, keepWorker, oneAtATime, ownWorker } from "../consume.js";

const LEASE_MILLISECONDS = 300_000;
const TOKEN = "bench";

const toSettings = (url, prefix) => ({
  connection: { url, maxRetriesPerRequest: null },
  prefix,
});

const toJob = ({ id, key, number, text }) => ({
  name: "bench",
  data: { key, number, text },
  opts: { jobId: id, removeOnComplete: true },
});

const watched = (emitter) => showComplaints("BullMQ", emitter);

const openClient = async (name, settings) => {
  const queue = watched(new Queue(name, settings));
  const worker = watched(
    new Worker(name, null, { ...settings, autorun: false, lockDuration: LEASE_MILLISECONDS }),
  );
  await worker.waitUntilReady();
  return {
    send: (message) => {
      const job = toJob(message);
      return queue.add(job.name, job.data, job.opts);
    },
    take: async () => {
      const job = await worker.getNextJob(TOKEN, { block: false });
      return job ? [{ ...job.data, job }] : [];
    },
    settle: ([{ job }]) => job.moveToCompleted(null, TOKEN, false),
    close: async () => {
      await worker.close();
      await queue.close();
    },
  };
};

/** Its worker acknowledges a job and takes the next in one call. */
const startWorker = (name, settings) => async (concurrency, handle) => {
  const worker = new Worker(name, ({ data }) => handle(data), { ...settings, concurrency });
  watched(worker);
  return () => worker.close(true);
};

/** Without keys: groups are part of its paid edition. So it is counted how often a key was out of order, or in two hands. */
export const createBullmq = ({ url, prefix }) => ({
  name: "BullMQ",
  server: "redis",
  isOrdered: false,
  modes: [oneAtATime, ownWorker],
  open: async (name) => {
    const settings = toSettings(url, prefix);
    const queue = watched(new Queue(name, settings));
    const { clients, closeClients } = keepClients(() => openClient(name, settings));
    const { work, closeWorker } = keepWorker(startWorker(name, settings));
    return {
      clients,
      fill: (messages) => queue.addBulk(messages.map(toJob)),
      work,
      waiting: () => queue.getJobCountByTypes("waiting", "active"),
      close: async () => {
        await closeWorker();
        await closeClients();
        await queue.close();
      },
    };
  },
});
