import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import component from "../../src";
import { kinetic } from "../../src/stand-ins/kinetic";
import { type RunningStandIn, startStandIn } from "../../src/stand-ins/start-stand-in";
import { createInstance } from "../support/instance";
import type { TriggerOutcome } from "../support/trigger";

const EXECUTION = "SW5zdGFuY2VFeGVjdXRpb25SZXN1bHQ6MQ==";

interface Endpoint {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** The platform's trigger URL: hands each request over and answers as Prismatic does. */
const listen = async (
  receive: (query: Record<string, string>, body: string) => Promise<unknown>,
): Promise<Endpoint> => {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    let body = "";
    for await (const chunk of request) body += chunk;
    const isTaken = await receive(Object.fromEntries(url.searchParams), body).then(
      () => true,
      () => false,
    );
    response
      .writeHead(isTaken ? 200 : 500, { "content-type": "application/json" })
      .end(JSON.stringify(isTaken ? { executionId: EXECUTION } : { error: "failed" }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/trigger/SW5zdGFuY2VGbG93Q29uZmlnOjE=`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

const toConnection = ({ connection: fields }: RunningStandIn) => ({
  key: "kinetic",
  configVarKey: "Kinetic Platform",
  fields,
});

/** A space of the Kinetic Platform and one flow of one instance that listens to it, over real HTTP. */
export const openWorld = async (inputs: Readonly<Record<string, unknown>>) => {
  const standIn = await startStandIn(kinetic, { port: 0 });
  const connection = toConnection(standIn);
  const params = { connection, ...inputs };
  const instance = createInstance({ trigger: "kineticWebhook", params });
  const outcomes: TriggerOutcome[] = [];
  const endpoint = await listen(async (query, body) =>
    outcomes.push(await instance.receive({ query, body })),
  );
  instance.move(endpoint.url);
  return {
    ...{ standIn, instance, endpoint, outcomes },
    fire: standIn.fire,
    deploy: (changed: Readonly<Record<string, unknown>> = {}) =>
      instance.deploy({ ...params, ...changed }),
    /** One event of each delivery that arrived and was verified. */
    events: () => outcomes.flatMap(({ payload }) => payload.delivery.events as unknown[]),
    act: (action: string, more: Readonly<Record<string, unknown>> = {}) =>
      instance.act(action, { connection, ...more }),
    /** What the platform's own console calls. */
    call: async (method: string, path: string, json?: unknown) => {
      const { username, password, baseUrl } = standIn.connection;
      const basic = Buffer.from(`${username}:${password}`).toString("base64");
      const response = await fetch(`${baseUrl}/app/api/v1${path}`, {
        method,
        headers: { authorization: `Basic ${basic}`, "content-type": "application/json" },
        ...(json !== undefined && { body: JSON.stringify(json) }),
      });
      return { status: response.status, data: (await response.json()) as Record<string, never> };
    },
    close: async () => {
      await standIn.close();
      await endpoint.close();
    },
  };
};

export type KineticWorld = Awaited<ReturnType<typeof openWorld>>;

/** The choices that a builder sees, read through the component as the platform reads them. */
export const readChoices = async (
  { standIn }: KineticWorld,
  key: string,
  inputs: Readonly<Record<string, unknown>> = {},
): Promise<readonly { readonly key: string; readonly label: string }[]> => {
  const { perform } = (
    component.dataSources as unknown as Record<
      string,
      { perform: (context: object, params: object) => Promise<{ result: never[] }> }
    >
  )[key]!;
  return (await perform({}, { connection: toConnection(standIn), ...inputs })).result;
};
