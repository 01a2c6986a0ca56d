import { Queue, Worker } from "groupmq";
import { Redis } from "ioredis";
import { showComplaints } from "../complaints.js";
import { keepClients, keepWorker, oneAtATime, ownWorker } from "../consume.js";

const LEASE_MILLISECONDS = 300_000;

const connect = (url, namespace) => {
  const redis = new Redis(url, { maxRetriesPerRequest: null });
  return new Queue({ redis, namespace, jobTimeoutMs: LEASE_MILLISECONDS });
};

const toJob = ({ id, key, number, text }) => ({
  jobId: id,
  groupId: String(key),
  data: { key, number, text },
});

const openClient = (url, namespace) => {
  const queue = connect(url, namespace);
  return {
    send: (message) => queue.add(toJob(message)),
    take: async () => {
      const job = await queue.reserve();
      return job ? [{ ...job.data, job }] : [];
    },
    settle: async ([{ job }]) => {
      const now = Date.now();
      const { attempts, maxAttempts } = job;
      await queue.completeWithMetadata(job, null, {
        processedOn: now,
        finishedOn: now,
        attempts,
        maxAttempts,
      });
    },
    close: () => queue.close(),
  };
};

/** Its worker acknowledges a job and takes the next of the same key in one call. */
const startWorker = (url, namespace) => async (concurrency, handle) => {
  const queue = connect(url, namespace);
  const worker = new Worker({ queue, handler: ({ data }) => handle(data), concurrency });
  showComplaints("groupmq", worker);
  void worker.run();
  return async () => {
    await worker.close(0);
    await queue.close();
  };
};

export const createGroupmq = ({ url, prefix }) => ({
  name: "groupmq",
  server: "redis",
  isOrdered: true,
  modes: [oneAtATime, ownWorker],
  open: async (name) => {
    const namespace = `${prefix}-${name}`;
    const queue = connect(url, namespace);
    const { clients, closeClients } = keepClients(() => openClient(url, namespace));
    const { work, closeWorker } = keepWorker(startWorker(url, namespace));
    return {
      clients,
      fill: (messages) => Promise.all(messages.map((message) => queue.add(toJob(message)))),
      work,
      waiting: async () => (await queue.getWaitingCount()) + (await queue.getActiveCount()),
      close: async () => {
        await closeWorker();
        await closeClients();
        await queue.close();
      },
    };
  },
});
