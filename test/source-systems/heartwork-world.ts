import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import component from "../../src";
import { heartwork } from "../../src/stand-ins/heartwork";
import { startStandIn } from "../../src/stand-ins/start-stand-in";
import { createInstance } from "../support/instance";
import type { TriggerOutcome } from "../support/trigger";

type Inputs = Readonly<Record<string, unknown>>;

const readBody = async (incoming: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
};

const toHeaders = ({ rawHeaders }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    rawHeaders.flatMap((name, index) =>
      index % 2 === 0 ? [[name, rawHeaders[index + 1] as string]] : [],
    ),
  );

/** A workspace of Heart.work and instances whose flow listens to it, over real HTTP. */
export const openWorld = async (workspace = "acme") => {
  const lines: string[] = [];
  const standIn = await startStandIn(heartwork, {
    port: 0,
    onLine: (line) => lines.push(line),
  });
  const connection = {
    key: "heartwork",
    configVarKey: "Heart.work",
    fields: { ...standIn.connection, workspace },
  };
  const flows = new Map<string, (incoming: IncomingMessage) => Promise<TriggerOutcome>>();
  /** The platform's trigger URLs: one for each instance, answered as the trigger says. */
  const server = createServer((incoming, response) => {
    const { pathname } = new URL(incoming.url ?? "/", "http://127.0.0.1");
    const receive = flows.get(pathname);
    if (!receive) return void response.writeHead(404).end();
    receive(incoming).then(
      ({ response: given }) => response.writeHead(given?.statusCode ?? 200).end(given?.body),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const openInstance = (instanceId: string, inputs: Inputs) => {
    const params = { connection, ...inputs };
    const instance = createInstance({ trigger: "heartworkWebhook", params, instanceId });
    const outcomes: TriggerOutcome[] = [];
    const path = `/trigger/${instanceId}`;
    instance.move(`${origin}${path}`);
    flows.set(path, async (incoming) => {
      const query = Object.fromEntries(new URL(incoming.url ?? "/", origin).searchParams);
      const body = await readBody(incoming);
      const outcome = await instance.receive({ headers: toHeaders(incoming), query, body });
      outcomes.push(outcome);
      return outcome;
    });
    return {
      ...{ ...instance, url: `${origin}${path}`, outcomes },
      deploy: (changed: Inputs = {}) => instance.deploy({ ...params, ...changed }),
    };
  };
  return {
    standIn,
    openInstance,
    /** Every call of the API so far: method, path and status. */
    calls: () => lines.filter((line) => /^[A-Z]+ \//.test(line)),
    /** The webhooks as the API shows them. */
    webhooks: async () => {
      const response = await fetch(`${standIn.url}/core-api/webhooks`, {
        headers: { apikey: standIn.connection.apiKey as string, workspace },
      });
      const { items } = (await response.json()) as { readonly items: Record<string, unknown>[] };
      return items;
    },
    /** What a builder picks topics from. */
    choices: async (): Promise<readonly { readonly key: string; readonly label: string }[]> => {
      const sources = component.dataSources as unknown as Record<
        string,
        { perform: (context: object, params: object) => Promise<{ result: never[] }> }
      >;
      return (await sources.heartworkTopics!.perform({}, { connection })).result;
    },
    close: async () => {
      await standIn.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

export type HeartworkWorld = Awaited<ReturnType<typeof openWorld>>;

export const failureOf = async (attempt: Promise<unknown>): Promise<string> =>
  attempt.then(
    () => "nothing failed",
    (error: Error) => error.message,
  );
