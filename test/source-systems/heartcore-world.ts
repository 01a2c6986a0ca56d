import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { toErrorAnswer, toTriggerAnswer } from "../../src/runner/platform/answer";
import { platformUnknowns } from "../../src/runner/platform/unknowns";
import { createHeartcore } from "../../src/stand-ins/heartcore";
import type { HeartcoreDefects } from "../../src/stand-ins/heartcore/firing";
import type { HandMade } from "../../src/stand-ins/stand-in";
import { type RunningStandIn, startStandIn } from "../../src/stand-ins/start-stand-in";
import { createInstance } from "../support/instance";
import type { TriggerOutcome } from "../support/trigger";

/** A request as an endpoint on this machine received it. */
export interface Arrival {
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

export interface LocalEndpoint {
  readonly url: string;
  readonly arrivals: readonly Arrival[];
  readonly close: () => Promise<void>;
}

type Respond = (arrival: Arrival, response: ServerResponse, count: number) => unknown;

const readArrival = async (request: IncomingMessage): Promise<Arrival> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return {
    method: request.method ?? "",
    path: request.url ?? "",
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    ),
    body: Buffer.concat(chunks).toString("utf8"),
  };
};

/** Takes what is sent to it; `respond` is told how many have arrived, this one included. */
export const listen = async (respond: Respond): Promise<LocalEndpoint> => {
  const arrivals: Arrival[] = [];
  const server = createServer(async (request, response) => {
    const arrival = await readArrival(request);
    const count = arrivals.push(arrival);
    await respond(arrival, response, count);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/trigger/SW5zdGFuY2U=`,
    arrivals,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

/** Lets a flow receive and answers for it as the platform does. */
export const answerBy =
  ({ receive }: Pick<ReturnType<typeof createInstance>, "receive">, outcomes: TriggerOutcome[]) =>
  async ({ headers, body }: Arrival, response: ServerResponse, _count: number): Promise<void> => {
    const toAnswer = async () => {
      try {
        const outcome = await receive({ headers, body });
        outcomes.push(outcome);
        return toTriggerAnswer(outcome.response, "execution-1", platformUnknowns);
      } catch (error) {
        const { message } = error as Error;
        return toErrorAnswer(platformUnknowns.throwStatus, message, "execution-1");
      }
    };
    const { status, headers: answered, body: text } = await toAnswer();
    response.writeHead(status, [...answered]).end(text);
  };

export interface HeartcoreWorldOptions {
  readonly defects?: HeartcoreDefects;
  /** Of the trigger, beside its connection. */
  readonly params?: Record<string, unknown>;
  /** Of the connection. */
  readonly fields?: Record<string, string>;
}

export const EVENTS = ["content.publish", "content.unpublish", "content.delete"];

/** A Heartcore project and a flow that receives from it over HTTP, answered as the platform does. */
export const createHeartcoreWorld = async (options: HeartcoreWorldOptions = {}) => {
  const standIn: RunningStandIn = await startStandIn(createHeartcore(options.defects), {
    port: 0,
    retryPauseMilliseconds: 0,
  });
  const connection = {
    key: "heartcore",
    configVarKey: "Heartcore",
    fields: { ...standIn.connection, ...options.fields },
  };
  const params = { connection, events: EVENTS, ...options.params };
  const instance = createInstance({ trigger: "heartcoreWebhook", params });
  const outcomes: TriggerOutcome[] = [];
  let choose: (count: number) => number | undefined = () => undefined;

  const answer = answerBy(instance, outcomes);
  const receive: Respond = async (arrival, response, count) => {
    const status = choose(count);
    if (status === undefined) await answer(arrival, response, count);
    else response.writeHead(status, { location: "/" }).end();
  };
  const endpoint = await listen(receive);
  instance.move(endpoint.url);

  return {
    standIn,
    instance,
    endpoint,
    outcomes,
    connection,
    params,
    /** Deliveries as the flow got them. */
    deliveries: () => outcomes.map(({ payload }) => payload.delivery),
    /** Answers with a status, without looking at the request, where `choose` gives one. */
    fail: (next: typeof choose) => {
      choose = next;
    },
    /** What a person types into the backoffice after the instructions. */
    typeIn: (made: Partial<HandMade> & { contentTypes?: readonly string[] } = {}) =>
      standIn.addByHand({
        endpointUrl: endpoint.url,
        events: EVENTS,
        headers: { "X-Webhook-Secret": standIn.connection.webhookSecret ?? "" },
        ...made,
      }),
    call: (method: string, path: string, body?: unknown) =>
      fetch(`${standIn.connection.baseUrl}${path}`, {
        method,
        headers: {
          "umb-project-alias": standIn.connection.projectAlias ?? "",
          "api-key": standIn.connection.apiKey ?? "",
          "api-version": "2",
          "content-type": "application/json",
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    close: async () => {
      await standIn.close();
      await endpoint.close();
    },
  };
};

export type HeartcoreWorld = Awaited<ReturnType<typeof createHeartcoreWorld>>;
