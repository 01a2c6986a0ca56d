import type { Redis } from "ioredis";
import type { Address, Node } from "./address";
import { CONNECT_PATIENCE, waitFor } from "./patience";
import { checkVersion } from "./version";

/** An address of digits is in no certificate; the name that the connection was made with is. */
const isBare = (host: string): boolean => /^[\d.]+$|:/.test(host);

/**
 * The client neither connects again by itself nor keeps what it could not send: a call that fails is told at once, and
 * the next one connects. It logs in by `logIn`, because its own way goes on after a refused database.
 */
const toOptions = ({ host, port }: Node, { isEncrypted, host: name }: Address) => ({
  host,
  port,
  ...(isEncrypted && { tls: isBare(host) && !isBare(name) ? { servername: name } : {} }),
  lazyConnect: true,
  connectTimeout: CONNECT_PATIENCE,
  retryStrategy: null,
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  enableReadyCheck: false,
  disableClientInfo: true,
  protocol: 2 as const,
  keepAlive: 30_000,
});

const logIn = async (client: Redis, { username, password, database }: Address): Promise<void> => {
  const name = username === "" ? [] : [username];
  const steps = [
    ...(password === "" ? [] : [client.call("AUTH", ...name, password)]),
    ...(database === 0 ? [] : [client.call("SELECT", database)]),
    checkVersion(client),
  ];
  const results = await Promise.allSettled(steps);
  for (const result of results) if (result.status === "rejected") throw result.reason;
};

/** Ends it at once, whatever is under way. */
export const endClient = (client: Redis): void => {
  client.disconnect();
  (client.stream as Redis["stream"] | undefined)?.destroy();
};

/** A client that is connected and logged in. @throws what the client throws, and HooklineError QUEUE_UNUSABLE */
export const openClient = async (node: Node, address: Address): Promise<Redis> => {
  const { Redis: Client } = await import("ioredis");
  const client = new Client(toOptions(node, address));
  let reason: unknown;
  client.on("error", (error) => {
    reason ??= error;
  });
  const connected = client.connect().then(() => logIn(client, address));
  try {
    await waitFor(connected, CONNECT_PATIENCE, () => endClient(client));
  } catch (error) {
    endClient(client);
    throw reason ?? error;
  }
  return client;
};
