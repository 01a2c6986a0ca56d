import { HooklineError } from "../../errors";
import { isHeaderName } from "../../http/header-names";
import { defineManualSubscription } from "../../subscriptions/define-subscription";
import { flag, list, pairs, type Settings } from "../../subscriptions/setting";
import { fetchRecord, managementApi } from "./apis";
import { checkTypes, typeAliases, types } from "./types";

const SECRET_HEADER = "X-Webhook-Secret";
const CONTENT_EVENTS = ["content.publish", "content.unpublish", "content.delete"];

const textsOf = (value: Settings[string] | undefined): readonly string[] =>
  Array.isArray(value) ? value : [];

const namesOf = (value: Settings[string] | undefined): readonly string[] =>
  typeof value === "object" && !Array.isArray(value) ? Object.keys(value) : [];

const invalid = (message: string) => new HooklineError("INPUT_INVALID", message);

const checkEvents = (events: readonly string[]): void => {
  const unknown = events.find(
    (event) => !CONTENT_EVENTS.includes(event) && !/^media\.\w+$/.test(event),
  );
  if (unknown !== undefined)
    throw invalid(
      `Events: Heartcore has no event "${unknown.slice(0, 60)}". It has ${CONTENT_EVENTS.join(", ")}, and events of media, which start with media.`,
    );
};

const checkHeaders = (headers: Readonly<Record<string, string>>): void => {
  if (Object.keys(headers).some((name) => name.toLowerCase() === SECRET_HEADER.toLowerCase()))
    throw invalid(
      `Headers: ${SECRET_HEADER} is taken from the connection's Webhook Secret. Remove it here.`,
    );
  const wrong = Object.keys(headers).find((name) => !isHeaderName(name));
  if (wrong !== undefined)
    throw invalid(
      `Headers: "${wrong}" cannot be the name of a header. Enter the name alone, such as X-Source, and its value beside it.`,
    );
};

/** Nothing public creates a webhook, so a person does. */
export const heartcoreSubscription = defineManualSubscription({
  kind: "manual",
  access: managementApi,
  secretFields: ["webhookSecret", "previousWebhookSecret"],
  place: "Settings > Headless > Webhooks in the Heartcore backoffice",
  inputs: {
    events: list({
      label: "Events",
      required: true,
      comments:
        "The events to deliver: content.publish, content.unpublish, content.delete. The names of media events, such as media.save, are assumed.",
      example: "content.publish",
      placeholder: "Enter the name of an event",
    }),
    contentTypes: list({
      label: "Content Types",
      choices: "heartcoreContentTypes",
      comments:
        "The aliases of the content types and media types to deliver events of. Those of every type are delivered when this is empty.",
      example: "products",
      placeholder: "Enter the alias of a content type",
    }),
    headers: pairs({
      label: "Headers",
      comments:
        "Further headers that the webhook sends along. The one with the secret is not among them.",
      example: "X-Environment",
      placeholder: "Enter a header",
    }),
    restrictSources: flag({
      label: "Restrict Sources",
      default: false,
      comments:
        "Whether deliveries have to come from one of the two addresses of Heartcore, 20.86.53.156 and 20.86.53.157.",
      example: "false",
    }),
  },
  choices: {
    heartcoreContentTypes: {
      label: "Heartcore Content Types",
      description: "The content types and media types of an Umbraco Heartcore project",
      listing: types,
      example: { key: "products", label: "Products" },
    },
  },
  checks: [
    {
      listing: typeAliases,
      verify: checkTypes,
    },
  ],
  hints: {
    404: "Project Alias, Base URL: Heartcore knows nothing there. Check both in the connection.",
  },
  plan: ({ events, contentTypes, headers }) => {
    checkEvents(events);
    checkHeaders(headers);
    return events.length === 0 ? [] : [{ key: "webhook", events, details: { contentTypes } }];
  },
  allowedSources: ({ restrictSources }) => (restrictSources === true ? ["20.86.53.156/31"] : []),
  fetchRecord,
  instructions: ({ settings, endpointUrl }) => {
    const contentTypes =
      textsOf(settings.contentTypes).join(", ") || "none, which means every type";
    const others = namesOf(settings.headers).map((name) => `, and ${name} as in the input Headers`);
    return [
      `Url: ${endpointUrl}`,
      `Events: ${textsOf(settings.events).join(", ")}`,
      `Content Type: ${contentTypes}`,
      `Headers: ${SECRET_HEADER} with the Webhook Secret of the connection${others.join("")}`,
      "Enabled: on",
    ];
  },
});
