import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import fastify, { type FastifyInstance } from "fastify";
import { HooklineError } from "../../errors";
import type { Answer } from "../isolation/messages";
import { readHeader } from "../platform/headers";
import type { Limits } from "../platform/limits";
import { readEndpointTarget } from "./endpoint";
import { isLoopbackHost, WRONG_HOST } from "./loopback-host";
import type { Receiver } from "./receiver";
import { toRefusal } from "./respond";
import { turnAway } from "./turn-away";
import { isStrangePage, STRANGE_PAGE } from "./web-page";

const ADDRESS = "127.0.0.1";
/** After every complete request has its answer: how long half-sent ones have to become complete, too. */
const GRACE_MILLISECONDS = 2_000;
const TIMEOUT_CHECK_MILLISECONDS = 1_000;

export interface RunnerServer {
  /** Everything but the flows, such as the list of them. */
  readonly pages: FastifyInstance;
  /** @returns the base URL. @throws HooklineError PORT_TAKEN */
  readonly listen: (port: number) => Promise<string>;
  /** Accepts nothing more, lets every complete request finish, and ends. */
  readonly close: () => Promise<void>;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** Why a request is turned away at the door, whatever it asks for. */
const toObjection = (
  { rawHeaders }: IncomingMessage,
  isForFlow: boolean,
  isClosing: boolean,
): Answer | undefined => {
  if (!isLoopbackHost(readHeader(rawHeaders, "host"))) return toRefusal(403, WRONG_HOST);
  if (isForFlow && isStrangePage(rawHeaders)) return toRefusal(403, STRANGE_PAGE);
  return isClosing ? toRefusal(503, "The runner is stopping.", ["retry-after", "5"]) : undefined;
};

/**
 * Flows are served before Fastify sees the request: a trigger takes any method, content type and
 * body, exactly as sent, and Fastify's parsers and header defaults would get in the way.
 */
const dispatch =
  (receiver: Receiver, isClosing: () => boolean, pages: Handler): Handler =>
  (request, response) => {
    const target = readEndpointTarget(request.url ?? "");
    const objection = toObjection(request, target !== undefined, isClosing());
    if (objection) turnAway(request, response, objection);
    else if (target) receiver.receive(request, response, target).catch(() => response.destroy());
    else pages(request, response);
  };

const createHttpServer = (handler: Handler, limits: Limits): Server =>
  createServer(
    {
      requestTimeout: limits.requestMilliseconds,
      headersTimeout: limits.headersMilliseconds,
      connectionsCheckingInterval: TIMEOUT_CHECK_MILLISECONDS,
    },
    handler,
  );

const CLIENT_ERRORS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
};

/** What is not HTTP, too large a head or too slow has no request object to answer; the socket gets the answer. */
const answerClientError = (error: NodeJS.ErrnoException, socket: Duplex): void => {
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  const status = CLIENT_ERRORS[error.code ?? ""] ?? "400 Bad Request";
  const body = JSON.stringify({ error: status.slice(4) });
  const head = `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}`;
  socket.end(`${head}\r\nConnection: close\r\n\r\n${body}`);
};

const toPortError = (port: number, cause: unknown): unknown => {
  const { code } = cause as NodeJS.ErrnoException;
  if (code !== "EADDRINUSE" && code !== "EACCES") return cause;
  const reason = code === "EADDRINUSE" ? "is already in use" : "may not be opened by this user";
  return new HooklineError(
    "PORT_TAKEN",
    `Port ${port} ${reason}. Stop the other program, or choose another port with --port.`,
    { cause },
  );
};

/** The runner's HTTP side: bound to loopback, and to requests that name it as such. */
export const createRunnerServer = (receiver: Receiver, limits: Limits): RunnerServer => {
  let isClosing = false;
  let server: Server | undefined;
  const endHalfSent = async (): Promise<void> => {
    await receiver.finish();
    server?.closeAllConnections();
  };
  const pages = fastify({
    exposeHeadRoutes: false,
    clientErrorHandler: answerClientError,
    serverFactory: (handler) => {
      server = createHttpServer(
        dispatch(receiver, () => isClosing, handler),
        limits,
      );
      return server;
    },
  });
  return {
    pages,
    listen: async (port) => {
      try {
        return await pages.listen({ host: ADDRESS, port });
      } catch (cause) {
        throw toPortError(port, cause);
      }
    },
    close: async () => {
      isClosing = true;
      const closed = pages.close();
      server?.closeIdleConnections();
      await receiver.finish();
      const grace = setTimeout(() => void endHalfSent(), GRACE_MILLISECONDS);
      await closed;
      clearTimeout(grace);
    },
  };
};
