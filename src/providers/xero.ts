import { probe } from "../challenges/probe";
import { bodyEvents } from "../events/body-events";
import { emptyReply } from "../http/reply";
import { hmac } from "../signatures/mac";
import { defineProvider } from "./provider";

export const xero = defineProvider({
  id: "xero",
  name: "Xero",
  docs: "https://developer.xero.com/documentation/guides/webhooks/configuring-your-server/",
  evidence: "docs",
  secret: "The webhooks key, from developer.xero.com > the app > Webhooks",
  signature: hmac({
    hash: "sha256",
    encoding: "base64",
    signature: { header: "x-xero-signature" },
    content: ({ body }) => [body],
  }),
  challenge: probe({ signed: true, when: { all: [{ json: "entropy" }], absent: ["events.0"] } }),
  events: bodyEvents({
    each: "events.*",
    id: { joined: ["resourceId", "eventType", "eventDateUtc"], separator: ":" },
    type: { joined: ["eventCategory", "eventType"] },
    orderingKey: "resourceId",
  }),
  acknowledgement: emptyReply(),
  rejection: emptyReply(401),
  notes: [
    "Tests an endpoint with rightly and wrongly signed deliveries without events (intent to receive) and wants 200, 401 and an empty body within 5 seconds.",
    "Events name what changed and do not hold it: fetch resourceUrl.",
  ],
  samples: {
    "INVOICE.UPDATE": {
      body: {
        events: [
          {
            resourceUrl:
              "https://api.xero.com/api.xro/2.0/Invoices/717f2bfc-c6d4-41fd-b238-3f2f0c0cf777",
            resourceId: "717f2bfc-c6d4-41fd-b238-3f2f0c0cf777",
            eventDateUtc: "2026-03-01T10:00:00.000",
            eventType: "UPDATE",
            eventCategory: "INVOICE",
            tenantId: "c2cc9b6e-9458-4c7d-93cc-f02b81b0594f",
            tenantType: "ORGANISATION",
          },
        ],
        firstEventSequence: 1,
        lastEventSequence: 1,
        entropy: "S0m3r4nd0mt3xt",
      },
    },
  },
});
