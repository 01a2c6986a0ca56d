import { echo } from "../challenges/echo";
import { bodyEvents } from "../events/body-events";
import { optionallyPrefixed } from "../signatures/grammar";
import { jwt } from "../signatures/jwt";
import type { CheckClaims } from "../signatures/scheme";
import { defineProvider } from "./provider";

const checkAudience: CheckClaims = ({ aud }, { request: { url } }) =>
  [aud].flat().some((audience) => audience === url || audience === url.split("?", 1)[0])
    ? undefined
    : "The token was not made for this endpoint: aud is another URL than Endpoint URL.";

export const monday = defineProvider({
  id: "monday",
  name: "monday.com",
  docs: "https://developer.monday.com/apps/docs/authorization-header",
  evidence: "docs",
  secret: "The app's signing secret, from the Developer Center > your app > Basic Information",
  signature: jwt({
    token: { header: "authorization", grammar: optionallyPrefixed("Bearer ") },
    algorithms: ["HS256"],
    claims: checkAudience,
    sampleClaims: ({ url }) => ({ accountId: 1825529, userId: 4012689, aud: url }),
  }),
  challenge: echo({
    nonce: { json: "challenge" },
    when: { all: [{ json: "challenge" }], absent: ["event"] },
    inField: "challenge",
  }),
  events: bodyEvents({
    id: "event.triggerUuid",
    type: "event.type",
    orderingKey: { joined: ["event.boardId", "event.pulseId"], separator: ":" },
  }),
  notes: [
    "The token proves who sent the delivery and to which URL, not what is in its body.",
    "Only webhooks that an app made carry a token. Those made with a personal token are unsigned and are rejected here.",
  ],
  samples: {
    create_pulse: {
      body: {
        event: {
          userId: 9603417,
          type: "create_pulse",
          triggerUuid: "b5ed2e17c530f43668de130142445cba",
          boardId: 1771812698,
          pulseId: 1772099344,
          pulseName: "Zoë's task",
        },
      },
    },
  },
});
