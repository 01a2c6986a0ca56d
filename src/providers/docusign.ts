import { bodyEvents } from "../events/body-events";
import { numberedHeaders } from "../signatures/carrier";
import { hmac } from "../signatures/mac";
import { defineProvider } from "./provider";

const MAXIMUM_KEYS = 100;

export const docusign = defineProvider({
  id: "docusign",
  name: "DocuSign",
  docs: "https://developers.docusign.com/platform/webhooks/connect/validate/",
  evidence: "docs",
  secret:
    "An HMAC key of the account, shown once under Settings > Connect > Connect Keys; the configuration must have Include HMAC Signature on",
  signature: hmac({
    hash: "sha256",
    encoding: "base64",
    signature: numberedHeaders("x-docusign-signature-", MAXIMUM_KEYS),
    content: ({ body }) => [body],
  }),
  events: bodyEvents({
    id: {
      joined: [
        { first: ["data.envelopeId", "data.templateId", "data.clickwrapId"] },
        "event",
        "generatedDateTime",
      ],
      separator: ":",
    },
    type: { first: ["event", "DocuSignEnvelopeInformation.EnvelopeStatus.Status"] },
    orderingKey: {
      first: [
        "data.envelopeId",
        "data.templateId",
        "DocuSignEnvelopeInformation.EnvelopeStatus.EnvelopeID",
      ],
    },
  }),
  notes: [
    "One numbered header for each of the account's active keys, up to 100: any of them proves the delivery.",
    "Deliveries in the legacy XML format carry no id and get a hash of the body.",
  ],
  samples: {
    "envelope-completed": {
      body: {
        event: "envelope-completed",
        apiVersion: "v2.1",
        uri: "/restapi/v2.1/accounts/2b4cf19e/envelopes/6a8bdb4a-2205-42c1-8bd0-cca1ed0afc53",
        retryCount: 0,
        configurationId: 10418598,
        generatedDateTime: "2026-03-01T10:00:00.0000000Z",
        data: {
          accountId: "2b4cf19e-9d0c-4c0f-9d3f-6c1a7d0d1a11",
          userId: "d6f84f3c-1b5a-4c2e-8f5b-4b0f5e9c7a22",
          envelopeId: "6a8bdb4a-2205-42c1-8bd0-cca1ed0afc53",
        },
      },
    },
  },
});
