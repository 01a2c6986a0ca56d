import { HooklineError } from "../errors";
import { readPath } from "../http/json-path";
import { describeSilence, type Happening, type Operation, toBareUrl } from "./operate";
import type { HandMade, StandInAnswer, StandInReport, StandInRequest } from "./stand-in";

/** Every control path starts with it; no source system has such a path. */
const CONTROL = "/_stand-in";

export const isControlPath = (path: string): boolean =>
  path === CONTROL || path.startsWith(`${CONTROL}/`);

const showReport = ({ id, delivery, attempts, outcome }: StandInReport) => ({
  id,
  event: delivery.event,
  url: toBareUrl(delivery.url),
  outcome,
  attempts: attempts.map(({ answer: _, ...attempt }) => attempt),
});

/** Shows no secret: no header, no query, no body. */
const showState = ({ standIn, app, faults, reports }: Operation) => ({
  name: standIn.name,
  title: standIn.title,
  events: Object.keys(app.events),
  subscriptions: app.subscriptions().map(({ id, endpointUrl, events, enabled }) => ({
    id,
    endpointUrl: toBareUrl(endpointUrl),
    events,
    enabled,
  })),
  deliveries: reports().map(showReport),
  faults: faults(),
});

const invalid = (message: string) => new HooklineError("INPUT_INVALID", message);

const isHappening = (value: unknown): value is Happening =>
  typeof readPath(value, "event") === "string";

/** One event or a list of them; `count` repeats all of it. */
const fire = (operation: Operation, body: unknown): StandInAnswer => {
  const happenings = [body].flat();
  const count = Number(readPath(body, "count") ?? 1);
  if (!happenings.every(isHappening) || happenings.length === 0 || !(count >= 1 && count <= 1_000))
    throw invalid(
      'Send {"event": "…"} or a list of such, each with a payload if you like, or one with a count from 1 to 1000.',
    );
  const all = Array.from({ length: count }, () => happenings).flat();
  const deliveries = operation.launch(all);
  const note = deliveries === 0 ? { note: describeSilence(all) } : {};
  return { status: 202, body: { fired: all.length, deliveries, ...note } };
};

const addSubscription = ({ app }: Operation, body: unknown): StandInAnswer => {
  const { endpointUrl, events } = (body ?? {}) as Partial<HandMade>;
  if (typeof endpointUrl !== "string" || !URL.canParse(endpointUrl) || !Array.isArray(events))
    throw invalid(
      'Send {"endpointUrl": "http://…", "events": ["…"]}, with headers and enabled if you like.',
    );
  return { status: 201, body: { id: app.addByHand(body as HandMade) } };
};

const changeFaults = (operation: Operation, body: unknown): StandInAnswer => {
  operation.setFaults(body);
  return { status: 200, body: operation.faults() };
};

const ROUTES: Readonly<Record<string, (operation: Operation, body: unknown) => StandInAnswer>> = {
  [`GET ${CONTROL}`]: (operation) => ({ status: 200, body: showState(operation) }),
  [`POST ${CONTROL}/fire`]: fire,
  [`POST ${CONTROL}/faults`]: changeFaults,
  [`POST ${CONTROL}/subscriptions`]: addSubscription,
};

/** Lets a person or a test look into a stand-in, fire events, switch faults on and do what is done at the source system's own pages. */
export const answerControl = (
  operation: Operation,
  { method, path, body }: Pick<StandInRequest, "method" | "path" | "body">,
): StandInAnswer => {
  const route = ROUTES[`${method} ${path}`];
  if (!route)
    return { status: 404, body: { error: `Known here: ${Object.keys(ROUTES).join(", ")}.` } };
  try {
    return route(operation, body);
  } catch (error) {
    if (!(error instanceof HooklineError)) throw error;
    return { status: 400, body: { error: error.message } };
  }
};
