import { hubspot } from "../../../src/providers/hubspot";
import { prepareDeliveries } from "../../../src/runner/send/prepare-deliveries";
import { type Received, SECRET, signingSecret } from "../../support/trigger";

const invokeUrl = "https://hooks.example.com/trigger/SW5zdGFuY2U=";

/** An object by its id, perhaps with something more to tell. */
type Subject = number | { readonly id: number; readonly note: string };

const toEvent = (subject: Subject, eventId: number) => ({
  eventId,
  subscriptionId: 12345,
  portalId: 62515,
  occurredAt: 1564113600000,
  subscriptionType: "contact.propertyChange",
  attemptNumber: 0,
  ...(typeof subject === "number"
    ? { objectId: subject }
    : { objectId: subject.id, note: subject.note }),
});

/** One event for each object, in this order, signed as HubSpot signs them. The number of an event is its place, from 1. */
export const hubspotDelivery = async (...subjects: readonly Subject[]): Promise<Received> => {
  const target = {
    flow: "",
    url: invokeUrl,
    provider: null,
    secret: SECRET,
    username: "",
    options: {},
    endpointUrl: "",
  };
  const body = JSON.stringify(subjects.map((subject, index) => toEvent(subject, index + 1)));
  const plan = { count: 1, duplicates: 0, forge: false, shuffle: false };
  const [delivery] = await prepareDeliveries(hubspot, target, { now: new Date(), plan, body });
  return { ...delivery!, invokeUrl };
};

export const hubspotInputs = (more: Record<string, unknown> = {}) => ({
  provider: "hubspot",
  signingSecret: signingSecret(),
  ...more,
});
