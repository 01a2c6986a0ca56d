import { hubspot } from "../../../src/providers/hubspot";
import { sign } from "../../../src/signatures/sign";
import { toOutbound } from "../../support/provider-deliveries";
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
  const body = subjects.map((subject, index) => toEvent(subject, index + 1));
  const draft = { ...toOutbound({ body }), url: invokeUrl };
  const signing = { secret: SECRET, username: "", now: new Date(), options: {} };
  return { ...(await sign(hubspot.signature, draft, signing)), invokeUrl };
};

export const hubspotInputs = (more: Record<string, unknown> = {}) => ({
  provider: "hubspot",
  signingSecret: signingSecret(),
  ...more,
});
