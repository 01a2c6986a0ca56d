import { probe } from "../challenges/probe";
import { bodyEvents } from "../events/body-events";
import { hmac } from "../signatures/mac";
import { defineProvider } from "./provider";

export const trello = defineProvider({
  id: "trello",
  name: "Trello",
  docs: "https://developer.atlassian.com/cloud/trello/guides/rest-api/webhooks/",
  evidence: "docs",
  secret:
    "The app's secret (not a token), from trello.com/power-ups/admin > your app > API key > Secret",
  signature: hmac({
    hash: "sha1",
    encoding: "base64",
    signature: { header: "x-trello-webhook" },
    content: ({ body, url }) => [body, url],
  }),
  challenge: probe({ signed: false, when: { emptyBody: true } }),
  events: bodyEvents({
    id: "action.id",
    type: "action.type",
    orderingKey: { first: ["action.data.card.id", "action.data.board.id", "model.id"] },
  }),
  notes: [
    "Signs the callback URL exactly as it was registered: set Endpoint URL if that is not the trigger's URL.",
    "Sends HEAD to the callback URL when a webhook is created, and refuses to create it unless the answer is 200.",
    "Answering 410 deletes the webhook.",
  ],
  samples: {
    updateCard: {
      body: {
        action: {
          id: "51f9424bcd6e040f3c002412",
          idMemberCreator: "4fc78a59a885233f4b349bd9",
          data: {
            board: { name: "Trello Development", id: "4d5ea62fd76aa1136000000c" },
            card: { idShort: 1458, name: "Webhooks", id: "51a79e72dbb7e23c7c003778" },
            listBefore: { name: "In Progress", id: "4d5ea62fd76aa1136000000e" },
            listAfter: { name: "Complete", id: "4e2f6d9a1b3c5d7e8f901234" },
          },
          type: "updateCard",
          date: "2013-07-31T16:58:51.949Z",
        },
        model: { id: "4d5ea62fd76aa1136000000c", name: "Trello Development" },
      },
    },
  },
});
