import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { HooklineError } from "../errors";
import { answerControl, isControlPath } from "./control";
import { findObjection, readRequest, refuse, send } from "./exchange";
import { type Operation, type OperationOptions, operate } from "./operate";
import type { StandIn, StandInAnswer, StandInRequest, StandInSubscription } from "./stand-in";

export interface StandInOptions extends OperationOptions {
  /** 0 for any free one. */
  readonly port: number;
}

export interface RunningStandIn
  extends Pick<Operation, "burst" | "fire" | "setFaults" | "reports"> {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** The fields of a connection that reaches it. */
  readonly connection: Readonly<Record<string, string>>;
  readonly subscriptions: () => readonly StandInSubscription[];
  readonly addByHand: Operation["app"]["addByHand"];
  readonly removeByHand: Operation["app"]["removeByHand"];
  readonly close: () => Promise<void>;
}

const ADDRESS = "127.0.0.1";
/** Performs a call of the API under the faults that are on; nothing where the answer gets lost. */
const callApi = async (
  { app, faults }: Operation,
  request: StandInRequest,
): Promise<StandInAnswer | undefined> => {
  const { apiStatus, retryAfterSeconds, losesAnswers, slowMilliseconds } = faults();
  if (slowMilliseconds > 0) await delay(slowMilliseconds, undefined, { ref: false });
  if (apiStatus !== 0) {
    const headers: Record<string, string> =
      retryAfterSeconds > 0 ? { "retry-after": String(retryAfterSeconds) } : {};
    return { ...refuse(apiStatus, "A fault is switched on."), headers };
  }
  const answer = app.handle(request);
  return losesAnswers ? undefined : answer;
};

const answer = async (
  operation: Operation,
  request: StandInRequest,
  onLine: (line: string) => void,
): Promise<StandInAnswer | undefined> => {
  if (isControlPath(request.path)) return answerControl(operation, request);
  const given = await callApi(operation, request);
  onLine(`${request.method} ${request.path}: ${given?.status ?? "the answer is lost"}`);
  return given;
};

const serve =
  (operation: Operation, onLine: (line: string) => void) =>
  async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const objection = findObjection(incoming);
    if (objection) return send(response, objection);
    const request = await readRequest(incoming);
    if ("status" in request) return send(response, request);
    const given = await answer(operation, request, onLine);
    if (given) send(response, given);
    else incoming.socket.destroy();
  };

const listen = (server: Server, port: number): Promise<string> =>
  new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) =>
      reject(
        new HooklineError(
          "PORT_TAKEN",
          `Port ${port} cannot be opened (${cause.code}). Stop the other program, or choose another port with --port.`,
          { cause },
        ),
      ),
    );
    server.listen(port, ADDRESS, () =>
      resolve(`http://${ADDRESS}:${(server.address() as AddressInfo).port}`),
    );
  });

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

/**
 * Puts a stand-in on a socket of this machine: its API, and under `/_stand-in` its control.
 *
 * - `GET /_stand-in` shows subscriptions, deliveries with their attempts, and faults
 * - `POST /_stand-in/fire` `{event, payload?, count?}`, or a list of such to happen at once
 * - `POST /_stand-in/faults` `{apiStatus?, losesAnswers?, …}`
 * - `POST /_stand-in/subscriptions` `{endpointUrl, events, headers?, enabled?}`, as done by hand at the source system
 *
 * @throws HooklineError PORT_TAKEN, or INPUT_INVALID for a wrong fault.
 */
export const startStandIn = async (
  standIn: StandIn,
  { port, ...options }: StandInOptions,
): Promise<RunningStandIn> => {
  const operation = operate(standIn, options);
  const { burst, fire, setFaults, reports, app } = operation;
  const handle = serve(operation, options.onLine ?? (() => undefined));
  const server = createServer((incoming, response) => {
    handle(incoming, response).catch(() => {
      if (response.headersSent) response.destroy();
      else send(response, refuse(500, "The stand-in failed."));
    });
  });
  const url = await listen(server, port);
  return {
    ...{ url, burst, fire, setFaults, reports },
    connection: standIn.connection(url),
    subscriptions: app.subscriptions,
    addByHand: app.addByHand,
    removeByHand: app.removeByHand,
    close: () => {
      operation.close();
      return close(server);
    },
  };
};
