import { Bot, webhookCallback } from "grammy";
import { endpoint, now } from "../bodies.mjs";

const secret = "tg_secret-TOKEN_0123456789";

const botInfo = {
  id: 1,
  is_bot: true,
  first_name: "bot",
  username: "bot",
  can_join_groups: false,
  can_read_all_group_messages: false,
  supports_inline_queries: false,
};

const toDelivery = (name, text) => ({
  name,
  source: "accepted by",
  secret,
  now,
  request: {
    url: endpoint,
    headers: {
      "Content-Type": "application/json",
      "X-Telegram-Bot-Api-Secret-Token": secret,
    },
    body: JSON.stringify({
      update_id: 10000,
      message: { message_id: 1, date: 1773500966, chat: { id: 1, type: "private" }, text },
    }),
  },
});

export const recipe = {
  provider: "telegram",
  sdk: "grammy",
  refusals: ["secret"],
  accepts: async ({ secret: secretToken, url, headers, body }) => {
    const bot = new Bot("1:token", { botInfo });
    const answer = webhookCallback(bot, "std/http", { secretToken });
    return (await answer(new Request(url, { method: "POST", headers, body }))).ok;
  },
  deliveries: () => [toDelivery("message", "hi"), toDelivery("non-ASCII message", "Zoë — 東京 🚀")],
};
