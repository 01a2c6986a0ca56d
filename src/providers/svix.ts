import { bodyEvents } from "../events/body-events";
import { choice } from "../signatures/choice";
import { standardWebhooks } from "../signatures/standard-webhooks";
import { defineProvider } from "./provider";

const branded = standardWebhooks("svix");
const unbranded = standardWebhooks();

/** Svix can leave its name out of the headers. */
const withoutBrand = (version: string) => `webhook-${version}`;

export const svix = defineProvider({
  id: "svix",
  name: "Svix",
  docs: "https://docs.svix.com/receiving/verifying-payloads/how",
  evidence: "sdk",
  secret: "The endpoint's signing secret (whsec_…), from the sender's webhook portal",
  signature: choice({
    schemes: {
      ...branded.schemes,
      ...Object.fromEntries(
        Object.entries(unbranded.schemes).map(([name, scheme]) => [withoutBrand(name), scheme]),
      ),
    },
    choose: (evidence) => {
      const { headers } = evidence.request;
      const version = branded.choose(evidence);
      return headers.has("webhook-signature") && !headers.has("svix-signature")
        ? withoutBrand(version)
        : version;
    },
  }),
  events: bodyEvents({
    id: { first: [{ header: "svix-id" }, { header: "webhook-id" }] },
    type: { first: ["type", "eventType", "event_type"] },
    orderingKey: { first: ["data.id", "data.object.id"] },
  }),
  notes: ["The body is whatever the sender puts into it; a type of event is there by convention."],
  samples: {
    "invoice.paid": {
      headers: {
        "svix-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
      },
      body: { type: "invoice.paid", data: { id: "inv_1027", amount: 1234.5, customer: "Zoë" } },
    },
  },
});
