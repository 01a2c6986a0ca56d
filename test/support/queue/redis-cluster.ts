import { setTimeout as delay } from "node:timers/promises";
import type { Redis } from "ioredis";
import { findFreePort } from "../find-free-port";
import { type RedisServer, startRedisServer } from "./redis-server";

/** Two masters that share the slots of a Redis Cluster: the first has the lower half. */
export interface RedisCluster {
  readonly servers: readonly [RedisServer, RedisServer];
  readonly clients: readonly [Redis, Redis];
  /** Gives the slot to the other master, with its keys. */
  readonly moveSlot: (slot: number, from: 0 | 1) => Promise<void>;
  readonly close: () => Promise<void>;
}

const HALF = 8192;

const startMaster = async (): Promise<RedisServer> => {
  const bus = await findFreePort();
  return startRedisServer(["--cluster-enabled", "yes", "--cluster-port", `${bus}`]);
};

const untilOk = async (client: Redis): Promise<void> => {
  const info = String(await client.call("CLUSTER", "INFO"));
  if (info.includes("cluster_state:ok") && info.includes("cluster_known_nodes:2")) return;
  await delay(50);
  await untilOk(client);
};

const moveKeys = async (from: Redis, to: RedisServer, slot: number): Promise<void> => {
  const keys = (await from.call("CLUSTER", "GETKEYSINSLOT", slot, 1000)) as string[];
  if (keys.length === 0) return;
  await from.call("MIGRATE", "127.0.0.1", to.port, "", 0, 5000, "KEYS", ...keys);
};

export const startRedisCluster = async (): Promise<RedisCluster> => {
  const servers = [await startMaster(), await startMaster()] as const;
  const clients = [servers[0].client(), servers[1].client()] as const;
  const [first, second] = clients;
  await first.call("CLUSTER", "ADDSLOTSRANGE", 0, HALF - 1);
  await second.call("CLUSTER", "ADDSLOTSRANGE", HALF, 2 * HALF - 1);
  const [, bus] = (await second.call("CONFIG", "GET", "cluster-port")) as [string, string];
  await first.call("CLUSTER", "MEET", "127.0.0.1", servers[1].port, bus);
  await Promise.all(clients.map(untilOk));
  const ids = await Promise.all(clients.map((client) => client.call("CLUSTER", "MYID")));
  return {
    servers,
    clients,
    moveSlot: async (slot, from) => {
      const to = from === 0 ? 1 : 0;
      await clients[to].call("CLUSTER", "SETSLOT", slot, "IMPORTING", String(ids[from]));
      await clients[from].call("CLUSTER", "SETSLOT", slot, "MIGRATING", String(ids[to]));
      await moveKeys(clients[from], servers[to], slot);
      for (const client of [clients[to], clients[from]])
        await client.call("CLUSTER", "SETSLOT", slot, "NODE", String(ids[to]));
    },
    close: async () => {
      for (const server of servers) await server.close();
    },
  };
};
