import type { ServerResponse } from "node:http";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { HooklineError } from "../../errors";
import type { LogLine } from "../isolation/messages";
import type { Instance } from "../lifecycle/instance";
import { type LifecycleReport, OPERATIONS, type Operation } from "../lifecycle/operation";
import type { LogHub } from "../log-hub";
import type { ControlEvent } from "./control-event";
import { createTokenCheck } from "./control-token";

export interface ControlOptions {
  readonly token: string;
  readonly instance: Instance;
  readonly hub: LogHub;
  readonly onLifecycle: (report: LifecycleReport) => void;
}

type Send = (event: ControlEvent) => void;

const FORBIDDEN =
  "This changes the instance, so it wants the token that the runner left in its data folder, and no web page may ask for it.";
const UNKNOWN = `There is no such operation. There are ${OPERATIONS.join(", ")}.`;

/** A browser names the page that asks as Origin; no page has any business here, and none knows the token. */
const createGuard = (token: string) => {
  const hasToken = createTokenCheck(token);
  return async ({ headers }: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    if (headers.origin === undefined && hasToken(headers.authorization)) return undefined;
    return reply.code(403).send({ error: FORBIDDEN });
  };
};

const createSender = (response: ServerResponse): Send => {
  response.on("error", () => undefined);
  response.writeHead(200, {
    "content-type": "application/x-ndjson",
    "cache-control": "no-store",
    connection: "close",
  });
  response.flushHeaders();
  return (event) => {
    if (!response.destroyed) response.write(`${JSON.stringify(event)}\n`);
  };
};

/** The operation goes on to its end also where nobody listens any more. */
const perform = async (
  { instance, hub, onLifecycle }: ControlOptions,
  { operation, flow }: { operation: Operation; flow: string | undefined },
  send: Send,
): Promise<void> => {
  const tell = (log: LogLine): void => send({ log });
  try {
    const report = await hub.during(tell, () => instance.perform(operation, flow));
    onLifecycle(report);
    send({ report });
  } catch (error) {
    const { message } = error as Error;
    const code = error instanceof HooklineError ? error.code : "COMPONENT_UNUSABLE";
    send({ error: { code, message } });
  }
};

const isOperation = (text: string): text is Operation => OPERATIONS.some((name) => name === text);

/** `POST /instance/<operation>`: what other commands of this machine use to drive the instance. */
export const addControlRoutes = (pages: FastifyInstance, options: ControlOptions): void => {
  pages.post<{ Params: { operation: string }; Querystring: { flow?: string } }>(
    "/instance/:operation",
    { onRequest: createGuard(options.token) },
    async ({ params: { operation }, query: { flow } }, reply) => {
      if (!isOperation(operation)) return reply.code(404).send({ error: UNKNOWN });
      reply.hijack();
      await perform(options, { operation, flow }, createSender(reply.raw));
      reply.raw.end();
      return undefined;
    },
  );
};
