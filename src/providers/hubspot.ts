import { bodyEvents } from "../events/body-events";
import { choice } from "../signatures/choice";
import { hmac, keyedHash } from "../signatures/mac";
import type { Evidence } from "../signatures/scheme";
import { defineProvider } from "./provider";

const older = { header: "x-hubspot-signature" } as const;
const versionOption = "signatureVersion";

/** HubSpot signs these characters of the URL as they are, however they were sent. */
const unescapeSome = (url: string): string =>
  url.replace(/%(3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi, (escaped) => decodeURIComponent(escaped));

/** Never by what the request carries: whoever has seen a delivery could strip the newer signature and keep the older one. */
const chooseVersion = ({ options }: Evidence): string => options[versionOption] || "v3";

export const hubspot = defineProvider({
  id: "hubspot",
  name: "HubSpot",
  docs: "https://developers.hubspot.com/docs/apps/legacy-apps/authentication/validating-requests",
  evidence: "sdk",
  secret: "The app's client secret, from its Auth settings",
  signature: choice({
    schemes: {
      v3: hmac({
        hash: "sha256",
        encoding: "base64",
        signature: { header: "x-hubspot-signature-v3" },
        timestamp: { header: "x-hubspot-request-timestamp", unit: "milliseconds" },
        content: ({ method, urlAs, body, timestamp }) => [
          method,
          urlAs("with : / ? @ ! $ ' ( ) * , ; unescaped", unescapeSome),
          body,
          timestamp,
        ],
      }),
      v2: keyedHash({
        hash: "sha256",
        encoding: "hex",
        signature: older,
        content: ({ secret, method, url, body }) => [secret, method, url, body],
      }),
      v1: keyedHash({
        hash: "sha256",
        encoding: "hex",
        signature: older,
        content: ({ secret, body }) => [secret, body],
      }),
    },
    choose: chooseVersion,
  }),
  options: {
    [versionOption]: "v2 or v1, for apps that get no X-HubSpot-Signature-v3 header; v3 without it",
  },
  events: bodyEvents({
    each: "*",
    id: { joined: ["portalId", "subscriptionId", "eventId", "occurredAt"], separator: ":" },
    type: { first: ["subscriptionType", "eventType"] },
    orderingKey: { joined: ["portalId", { first: ["objectId", "fromObjectId"] }], separator: ":" },
  }),
  notes: [
    "HubSpot signs the URL it was given, so Endpoint URL must be exactly that one, query included.",
    "Versions 1 and 2 are plain hashes that sign no time: deliveries can be replayed, and content can be appended. Use them only where HubSpot sends nothing better.",
    "HubSpot does not promise that eventId is unique; the id also holds account, subscription and time.",
  ],
  samples: {
    "contact.creation": {
      body: [
        {
          eventId: 1,
          subscriptionId: 12345,
          portalId: 62515,
          occurredAt: 1564113600000,
          subscriptionType: "contact.creation",
          attemptNumber: 0,
          objectId: 123,
        },
      ],
    },
  },
});
