import { fail, type HeartcoreCall } from "./heartcore/answers";
import { answerDelivery, answerManagement } from "./heartcore/apis";
import { fireWebhooks, type HeartcoreDefects } from "./heartcore/firing";
import { createProject, EVENTS, HEARTCORE_USER, noteEvent } from "./heartcore/project";
import type {
  HandMade,
  StandIn,
  StandInAnswer,
  StandInApp,
  StandInRequest,
  StandInWorld,
} from "./stand-in";

/** The real APIs are on two hosts; here they are at two paths of one. */
const MANAGEMENT = "/api";
const DELIVERY = "/cdn";
const WEBHOOK_SECRET = "stand-in-webhook-secret";

const toCall = (request: StandInRequest, root: string): HeartcoreCall => ({
  ...request,
  root,
  segments: request.path
    .slice(root.length + 1)
    .split("/")
    .map(decodeURIComponent),
});

const secretIn = (headers: Readonly<Record<string, string>>): string | undefined =>
  Object.entries(headers).find(([name]) => name.toLowerCase() === "x-webhook-secret")?.[1];

/** What a person types into the backoffice, which also asks for content types. */
type TypedIn = HandMade & { readonly contentTypes?: readonly string[] };

const createApp = (world: StandInWorld, defects: HeartcoreDefects): StandInApp => {
  const project = createProject();
  const answer = (request: StandInRequest): StandInAnswer => {
    const [, root = ""] = request.path.split("/");
    const call = toCall(request, `/${root}`);
    if (call.root === MANAGEMENT) return answerManagement(project, call, world);
    return call.root === DELIVERY
      ? answerDelivery(project, call)
      : fail(404, "The requested resource could not be found.");
  };
  return {
    handle: answer,
    events: EVENTS,
    fire: (event, payload) => {
      const deliveries = fireWebhooks(project, event, payload, defects);
      noteEvent(project, event, payload);
      return deliveries;
    },
    subscriptions: () =>
      [...project.webhooks.values()].map(({ id, endpointUrl, events, enabled, headers }) => {
        const secret = secretIn(headers);
        return { id, endpointUrl, events, enabled, ...(secret !== undefined && { secret }) };
      }),
    addByHand: (made: TypedIn) => {
      const id = world.newId();
      const blank = { headers: {}, enabled: true, contentTypes: [] };
      project.webhooks.set(id, { ...blank, ...made, id });
      return id;
    },
    removeByHand: (id) => {
      project.webhooks.delete(id);
    },
  };
};

/**
 * An Umbraco Heartcore project: its Management API, its Content Delivery API, and webhooks that only a person
 * can make. Ten attempts are documented; the pause between them and the timeout are assumed.
 */
export const createHeartcore = (defects: HeartcoreDefects = {}): StandIn => ({
  name: "heartcore",
  title: "Umbraco Heartcore",
  connection: (url) => ({
    ...HEARTCORE_USER,
    baseUrl: `${url}${MANAGEMENT}`,
    deliveryUrl: `${url}${DELIVERY}`,
    webhookSecret: WEBHOOK_SECRET,
  }),
  headersByHand: { "X-Webhook-Secret": WEBHOOK_SECRET },
  retries: { maximumAttempts: 10, pauseMilliseconds: 5_000, timeoutMilliseconds: 10_000 },
  create: (world) => createApp(world, defects),
});

export const heartcore = createHeartcore();
