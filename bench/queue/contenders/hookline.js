import { batchesOfTen, keepClients, oneAtATime } from "../consume.js";

const wish = {
  leaseSeconds: 300,
  maximumAttempts: 10,
  backoffSeconds: 5,
  maximumBackoffSeconds: 3600,
  onExhausted: "deadLetter",
};

const toDraft = ({ id, key, number, text }) => ({
  orderingKey: String(key),
  dedupeKey: id,
  body: { key, number, text },
});

const expectAcknowledged = (statuses) => {
  const other = statuses.find((status) => status !== "acknowledged");
  if (other) throw new Error(`Hookline said ${other}, not acknowledged.`);
};

const settle = async (hookline, access, leases) => {
  if (leases.length > 1) return (await hookline.acknowledgeAll(access, leases)).statuses;
  return [(await hookline.acknowledge(access, leases[0])).status];
};

/** One key has to give all ten messages of a batch; of several each gives one, so that they stay parallel. */
const toMostPerKey = (keys, most) => (keys === 1 ? most : 1);

const toClient = (hookline, access, name, keys) => {
  const queue = hookline.createQueue(access, name);
  return {
    send: (message) => queue.enqueue([toDraft(message)]),
    take: async (most) => {
      const maximumPerKey = toMostPerKey(keys, most);
      const leased = await queue.lease({ ...wish, maximumMessages: most, maximumPerKey });
      return leased.map(({ body, lease }) => ({ ...body, lease }));
    },
    settle: async (messages) => {
      const leases = messages.map(({ lease }) => lease);
      expectAcknowledged(await settle(hookline, access, leases));
    },
    close: () => access.driver.close(),
  };
};

const create = (hookline, server, openAccess) => ({
  name: "Hookline",
  server,
  isOrdered: true,
  modes: [oneAtATime, batchesOfTen],
  open: async (name, keys) => {
    const access = openAccess();
    const queue = hookline.createQueue(access, name);
    await queue.ensure();
    const kept = keepClients(async () => toClient(hookline, openAccess(), name, keys));
    return {
      clients: kept.clients,
      fill: (messages) => queue.enqueue(messages.map(toDraft)),
      waiting: async () => {
        const { ready, delayed, leased, blocked } = await queue.status();
        return ready + delayed + leased + blocked;
      },
      close: async () => {
        await kept.closeClients();
        await queue.remove();
        await access.driver.close();
      },
    };
  },
});

/** `src/queue` with its drivers, bundled as the component bundles it. */
export const createHooklines = (hookline, { postgres, redis }) => {
  const { connectionString } = postgres;
  const { url, prefix } = redis;
  return [
    create(hookline, "postgres", () => ({
      connection: "postgresQueue",
      driver: hookline.openPostgresDriver({ connectionString, schema: "hookline" }),
    })),
    create(hookline, "redis", () => ({
      connection: "redisQueue",
      driver: hookline.openRedisDriver({ url, prefix }),
    })),
  ];
};
