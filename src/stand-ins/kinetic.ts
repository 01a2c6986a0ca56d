import { answerKinetic, KINETIC_SPACE, KINETIC_USER } from "./kinetic/api";
import { KINETIC_PAYLOADS } from "./kinetic/events";
import { createJobs } from "./kinetic/jobs";
import { createSpace, toWebhookKey, type Webhook } from "./kinetic/space";
import type { HandMade, StandIn, StandInApp, StandInSubscription, StandInWorld } from "./stand-in";

const toSubscription = ({ name, type, event, url }: Webhook): StandInSubscription => {
  const secret = URL.canParse(url) ? new URL(url).searchParams.get("token") : null;
  const shown = { id: name, endpointUrl: url, events: [`${type} ${event}`], enabled: true };
  return secret === null ? shown : { ...shown, secret };
};

/** A webhook has one event: the first. */
const toWebhook = ({ endpointUrl, events: [first = ""] }: HandMade, name: string): Webhook => {
  const [type = "", ...words] = first.split(" ");
  return { name, type, event: words.join(" "), filter: "", url: endpointUrl };
};

const create = (world: StandInWorld): StandInApp => {
  const space = createSpace();
  const { fire, perform, note } = createJobs(space, world);
  return {
    handle: (request) => answerKinetic({ space, world, perform, request }),
    events: KINETIC_PAYLOADS,
    fire,
    subscriptions: () => [...space.webhooks.values()].map(toSubscription),
    addByHand: (made) => {
      const webhook = toWebhook(made, `Notify ${world.newId()}`);
      space.webhooks.set(toWebhookKey(undefined, webhook.name), webhook);
      return webhook.name;
    },
    removeByHand: (id) => {
      for (const [key, { name }] of space.webhooks) if (name === id) space.webhooks.delete(key);
    },
    onReport: note,
  };
};

/**
 * A space of the Kinetic Platform. That a failed job is not retried by itself, the timeout, and the members
 * of most bodies are assumed: nothing public tells. https://docs.kineticdata.com/docs/webhooks
 */
export const kinetic: StandIn = {
  name: "kinetic",
  title: "Kinetic Platform",
  connection: (url) => ({ baseUrl: `${url}${KINETIC_SPACE}`, ...KINETIC_USER }),
  retries: { maximumAttempts: 1, pauseMilliseconds: 0, timeoutMilliseconds: 30_000 },
  create,
};
