import { probe } from "../challenges/probe";
import { HooklineError } from "../errors";
import { bodyEvents } from "../events/body-events";
import { del, get, path, post, put } from "../http/api-request";
import { readPath } from "../http/json-path";
import { hmac } from "../signatures/mac";
import { baseUrlOr } from "../subscriptions/access";
import { call } from "../subscriptions/call";
import { defineSubscription } from "../subscriptions/define-subscription";
import { providerApi } from "../subscriptions/provider-api";
import { readItems, readTextAt } from "../subscriptions/read-answer";
import { flag, list } from "../subscriptions/setting";
import type { Wanted } from "../subscriptions/subscription-state";
import { defineProvider } from "./provider";

const toModel = (text: string): string => {
  const model = text.trim().toLowerCase();
  if (/^[0-9a-f]{24}$/.test(model)) return model;
  throw new HooklineError(
    "INPUT_INVALID",
    "Models: a model is given by its id of 24 letters and digits. Add .json to the address of a board or card to read its id.",
  );
};

const toWebhook = ({ key, endpointUrl, enabled }: Wanted) => ({
  idModel: key,
  callbackURL: endpointUrl,
  active: enabled,
  description: "Hookline",
});

const readWebhook = (webhook: unknown) => ({
  id: readTextAt(webhook, "id"),
  key: readTextAt(webhook, "idModel"),
  endpointUrl: readTextAt(webhook, "callbackURL"),
  enabled: readPath(webhook, "active") === true,
});

/** https://developer.atlassian.com/cloud/trello/rest/api-group-tokens/ and .../guides/rest-api/webhooks/ */
const subscription = defineSubscription({
  kind: "api",
  access: {
    connection: providerApi,
    requires: ["username", "token", "signingSecret"],
    baseUrl: baseUrlOr("https://api.trello.com"),
    query: ({ username = "", token = "" }) => ({ key: username, token }),
    toPath: (to, { token = "" }) => `${path`/1/tokens/${token}`}${to}`,
  },
  secret: "connection",
  inputs: {
    models: list({
      label: "Models",
      required: true,
      comments:
        "The ids of the boards, cards, lists, members or workspaces to watch. Everything that happens to them is delivered.",
      example: "4d5ea62fd76aa1136000000c",
      placeholder: "Enter the id of a board, card, list, member or workspace",
    }),
    enabled: flag({
      label: "Enabled",
      default: true,
      comments: "Whether Trello delivers. Switched off, the webhooks stay and are silent.",
      example: "true",
    }),
  },
  plan: ({ models, enabled }) =>
    models.map(toModel).map((model) => ({ key: model, events: [], enabled })),
  hints: {
    400: "Trello refuses this webhook: the flow's webhook URL has to answer Trello's HEAD request with 200, and the token has to be allowed to read what Models names.",
    404: "Models: Trello knows no such model, or the token may not read it.",
  },
  list: {
    request: () => get("/webhooks"),
    read: ({ data }) => ({ items: readItems(data).map(readWebhook) }),
  },
  create: {
    request: ({ wanted }) => post("/webhooks", toWebhook(wanted)),
    read: ({ data }) => ({ id: readTextAt(data, "id") }),
  },
  update: {
    request: ({ id, wanted }) => put(path`/webhooks/${id}`, toWebhook(wanted)),
    read: (_answer, { id }) => ({ id }),
  },
  remove: call(({ id }) => del(path`/webhooks/${id}`)),
});

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
  subscription,
  events: bodyEvents({
    id: "action.id",
    type: "action.type",
    orderingKey: { first: ["action.data.card.id", "action.data.board.id", "model.id"] },
  }),
  notes: [
    "Signs the callback URL exactly as it was registered: set Endpoint URL if that is not the trigger's URL.",
    "Sends HEAD to the callback URL when a webhook is created, and refuses to create it unless the answer is 200.",
    "Answering 410 deletes the webhook.",
    "To subscribe, the connection holds the app's API key as User Name, a token that the app was granted as Token and the app's secret as Signing Secret.",
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
