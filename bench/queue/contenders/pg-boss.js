import { PgBoss } from "pg-boss";
import { showComplaints } from "../complaints.js";
import { batchesOfTen, keepClients, oneAtATime } from "../consume.js";

const SCHEMA = "pgboss";

const openBoss = async (connectionString) => {
  const boss = new PgBoss({
    connectionString,
    schema: SCHEMA,
    max: 1,
    supervise: false,
    schedule: false,
  });
  return showComplaints("pg-boss", boss).start();
};

const toJob = ({ id, key, number, text }) => ({
  id,
  singletonKey: String(key),
  data: { key, number, text },
});

const openClient = async (connectionString, name) => {
  const boss = await openBoss(connectionString);
  return {
    send: async (message) => {
      const { data, ...options } = toJob(message);
      await boss.send(name, data, options);
    },
    take: async (batchSize) => {
      const jobs = await boss.fetch(name, { batchSize });
      return jobs.map(({ id, data }) => ({ ...data, id }));
    },
    settle: async (batch) => {
      const ids = batch.map(({ id }) => id);
      const { affected } = await boss.complete(name, ids);
      if (affected !== ids.length) throw new Error(`pg-boss completed ${affected}.`);
    },
    close: () => boss.stop({ graceful: false }),
  };
};

export const createPgBoss = ({ connectionString, query }) => ({
  name: "pg-boss",
  server: "postgres",
  isOrdered: true,
  modes: [oneAtATime, batchesOfTen],
  open: async (name) => {
    const boss = await openBoss(connectionString);
    await boss.createQueue(name, { policy: "key_strict_fifo" });
    const { clients, closeClients } = keepClients(() => openClient(connectionString, name));
    return {
      clients,
      fill: (messages) => boss.insert(name, messages.map(toJob)),
      waiting: async () => {
        const text = `select count(*) from ${SCHEMA}.job where name = $1 and state <= 'active'`;
        return Number((await query(text, [name]))[0].count);
      },
      close: async () => {
        await closeClients();
        await boss.deleteQueue(name);
        await boss.stop({ graceful: false });
      },
    };
  },
});
