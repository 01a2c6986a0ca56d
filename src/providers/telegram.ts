import { bodyEvents } from "../events/body-events";
import { sharedToken } from "../signatures/shared-token";
import { defineProvider } from "./provider";

/** The kinds of update that happen in a chat. */
const inChat = [
  "message",
  "edited_message",
  "channel_post",
  "edited_channel_post",
  "business_message",
  "message_reaction",
  "my_chat_member",
  "chat_member",
  "chat_join_request",
  "callback_query.message",
];

export const telegram = defineProvider({
  id: "telegram",
  name: "Telegram",
  docs: "https://core.telegram.org/bots/api#setwebhook",
  evidence: "sdk",
  secret:
    "The secret_token given to setWebhook: 1 to 256 letters, digits, underscores or hyphens of your own",
  signature: sharedToken({ header: "x-telegram-bot-api-secret-token" }),
  events: bodyEvents({
    id: "update_id",
    type: { memberOf: "", beside: ["update_id"] },
    orderingKey: {
      first: [...inChat.map((kind) => `${kind}.chat.id`), "inline_query.from.id"],
    },
  }),
  notes: [
    "The token proves the sender and does not cover the body.",
    "Updates of a bot are sent one after another: a rejected one holds up those behind it for up to 24 hours.",
  ],
  samples: {
    message: {
      body: {
        update_id: 10000,
        message: {
          message_id: 1365,
          date: 1441645532,
          from: { id: 1111111, is_bot: false, first_name: "Zoë" },
          chat: { id: 1111111, type: "private", first_name: "Zoë" },
          text: "/start",
        },
      },
    },
  },
});
