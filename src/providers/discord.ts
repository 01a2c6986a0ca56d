import { firstChallenge } from "../challenges/first-challenge";
import { probe } from "../challenges/probe";
import { bodyEvents } from "../events/body-events";
import type { InboundRequest } from "../http/inbound-request";
import { readJsonBody } from "../http/json-body";
import { readPath } from "../http/json-path";
import { emptyReply, jsonReply, type Reply } from "../http/reply";
import { publicKey } from "../signatures/public-key";
import { ed25519Key } from "../signatures/public-keys";
import { defineProvider } from "./provider";

/** Discord wants the content type of a JSON API even where there is no content. */
const received: Reply = { ...emptyReply(204), contentType: "application/json" };

const INTERACTION_OF_COMPONENT = 3;
const AUTOCOMPLETE = 4;

/** An interaction has to be answered within 3 s; this one says that the real answer follows. */
const acknowledge = (request: InboundRequest): Reply => {
  const body = readJsonBody(request);
  if (readPath(body, "event") !== undefined) return received;
  const type = readPath(body, "type");
  if (type === AUTOCOMPLETE) return jsonReply({ type: 8, data: { choices: [] } });
  return jsonReply({ type: type === INTERACTION_OF_COMPONENT ? 6 : 5 });
};

export const discord = defineProvider({
  id: "discord",
  name: "Discord",
  docs: "https://docs.discord.com/developers/events/webhook-events",
  evidence: "sdk",
  secret: "The app's Public Key (64 hex digits), from its General Information page",
  signature: publicKey({
    algorithm: "ed25519",
    hash: "sha512",
    encoding: "hex",
    signature: { header: "x-signature-ed25519" },
    timestamp: { header: "x-signature-timestamp", unit: "seconds" },
    content: ({ timestamp, body }) => [timestamp, body],
    key: ed25519Key("hex"),
  }),
  challenge: firstChallenge(
    probe({
      signed: true,
      when: { all: [{ json: "type", equals: "1" }], absent: ["event"] },
      reply: jsonReply({ type: 1 }),
    }),
    probe({
      signed: true,
      when: { all: [{ json: "type", equals: "0" }], absent: ["event"] },
      reply: received,
    }),
  ),
  events: bodyEvents({
    id: "id",
    type: { first: ["event.type", "type"] },
    orderingKey: { first: ["guild_id", "event.data.guild.id", "event.data.user.id", "user.id"] },
  }),
  acknowledgement: acknowledge,
  rejection: emptyReply(401),
  notes: [
    "Serves both the Interactions Endpoint URL and the Webhook Events URL. Discord tests both with wrong signatures and removes an endpoint that does not answer 401.",
    "Interactions are answered as deferred: the flow has 15 minutes to send the real answer with the interaction's token. Autocompletes get no choices.",
    "Webhook events carry no id and get a hash of the body.",
  ],
  samples: {
    APPLICATION_AUTHORIZED: {
      body: {
        version: 1,
        application_id: "1234560123453231555",
        type: 1,
        event: {
          type: "APPLICATION_AUTHORIZED",
          timestamp: "2024-10-18T14:42:53.064834",
          data: {
            integration_type: 1,
            scopes: ["applications.commands"],
            user: { id: "1234560123456789012", username: "nelly", global_name: "Nelly" },
          },
        },
      },
    },
    "2": {
      body: {
        id: "786008729715212338",
        application_id: "1234560123453231555",
        type: 2,
        token: "A_UNIQUE_TOKEN",
        guild_id: "290926798626357999",
        channel_id: "645027906669510667",
        data: { id: "771825006014889984", name: "cardsearch", type: 1 },
        version: 1,
      },
    },
  },
});
