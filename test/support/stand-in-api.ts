import { randomUUID } from "node:crypto";
import type { ApiAnswer } from "../../src/http/api-request";
import type {
  StandIn,
  StandInAnswer,
  StandInApp,
  StandInRequest,
  StandInWorld,
} from "../../src/stand-ins/stand-in";
import type { LiveSubscription, ReceivedCall, ScriptedApi } from "./subscription-world";

/** Where a stand-in in memory is thought to be, so that a connection's fields can be made for it. */
export const STAND_IN_URL = "https://stand-in.example.com";

const toBody = ({ body }: ReceivedCall): unknown => {
  if (!body) return "";
  return "json" in body
    ? JSON.parse(JSON.stringify(body.json))
    : new URLSearchParams(
        body.form.map(([name, value]): [string, string] => [name, value]),
      ).toString();
};

const toStandInRequest = (call: ReceivedCall): StandInRequest => ({
  method: call.method,
  path: `${new URL(call.baseUrl).pathname.replace(/\/$/, "")}${call.path}`,
  query: new URLSearchParams(call.query),
  headers: new Map(
    Object.entries(call.headers).map(([name, value]) => [name.toLowerCase(), value]),
  ),
  body: toBody(call),
});

/** As a client reads it off the wire. */
const toApiAnswer = ({ status, headers = {}, body = "" }: StandInAnswer): ApiAnswer => ({
  status,
  headers: new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
  data: JSON.parse(JSON.stringify(body)),
});

export interface StandInApiOptions {
  /** Of a stranger's subscription; all that the stand-in knows where left out. */
  readonly strangersEvents?: readonly string[];
  /** Names a subscription's events as the convergence contract lists them; as they are where left out. */
  readonly toLive?: (live: LiveSubscription) => LiveSubscription;
  /** Takes in what the app asks of the server around it; nothing happens where left out. */
  readonly world?: Partial<StandInWorld>;
}

const silentWorld: Omit<StandInWorld, "now"> = {
  newId: randomUUID,
  fire: () => undefined,
  deliver: () => undefined,
};

/** A stand-in without its socket as the API that the convergence contract talks to. */
export const createStandInApi = (
  standIn: StandIn,
  { strangersEvents, toLive = (live) => live, world }: StandInApiOptions = {},
): ScriptedApi & { readonly app: StandInApp } => {
  let time = new Date(0);
  const app = standIn.create({ ...silentWorld, now: () => time, ...world });
  return {
    app,
    handle: (call, now) => {
      time = now;
      return toApiAnswer(app.handle(toStandInRequest(call)));
    },
    live: () => app.subscriptions().map(toLive),
    addStranger: (endpointUrl) =>
      app.addByHand({ endpointUrl, events: strangersEvents ?? Object.keys(app.events) }),
    removeByHand: app.removeByHand,
  };
};
