import { HooklineError } from "../../errors";
import { del, get, path, post, put } from "../../http/api-request";
import { readPath } from "../../http/json-path";
import { call } from "../../subscriptions/call";
import { defineSubscription } from "../../subscriptions/define-subscription";
import { readTextAt } from "../../subscriptions/read-answer";
import { flag, list, text } from "../../subscriptions/setting";
import type { RecordFetch } from "../../subscriptions/subscription";
import { kineticAccess } from "./access";
import { kineticChoices, kineticScope } from "./choices";
import { checkEvents, readEvents, requestEvents, toEventText } from "./events";
import { putToken, readName, readWebhooks, toKey, toName, toWebhook, webhooksOf } from "./webhook";

/** A submission is the only record whose data a delivery may not hold in full. */
const fetchRecord: RecordFetch = {
  request: ({ data }) => {
    const id = readTextAt(data, "submission.id");
    if (id === "") return undefined;
    return {
      request: () => get(path`/submissions/${id}`, { include: "values,form,form.kapp" }),
      read: ({ data: answer }) => readPath(answer, "submission") ?? answer,
    };
  },
};

/** https://docs.kineticdata.com/docs/webhooks; calls and their answers as in the Core API's OpenAPI file. */
export const kineticSubscription = defineSubscription({
  kind: "api",
  access: kineticAccess,
  secret: "ours",
  endpoint: putToken,
  inputs: {
    scope: kineticScope,
    kappSlug: text({
      label: "Kapp Slug",
      comments: "The slug of the kapp, where Scope is Kapp.",
      example: "services",
      placeholder: "Enter the slug of the kapp",
    }),
    events: list({
      label: "Events",
      required: true,
      choices: "kineticEvents",
      comments: "The events to deliver, each as its type and its event.",
      example: "Submission Submitted",
      placeholder: "Enter a type and an event",
    }),
    filter: text({
      label: "Filter",
      comments:
        "An expression that decides which events are delivered; all are when this is empty. Use it where the flow writes back to the platform, which fires events again.",
      example: 'values("Status") == "Open"',
      placeholder: "Enter an expression",
    }),
    enabled: flag({
      label: "Enabled",
      default: true,
      comments:
        "Whether the platform delivers. It has no such switch: while this is off the webhooks are removed, and switched on they are made again.",
      example: "true",
    }),
  },
  choices: kineticChoices,
  isPaused: ({ enabled }) => !enabled,
  plan: ({ scope, kappSlug, events, filter }) => {
    if (scope === "kapp" && kappSlug === "")
      throw new HooklineError(
        "INPUT_INVALID",
        "Kapp Slug: enter the slug of the kapp, or set Scope to Space.",
      );
    return events.map((event) => ({ key: toKey(event), events: [event], details: { filter } }));
  },
  scope: ({ scope, kappSlug }) => (scope === "kapp" ? { kapp: kappSlug } : {}),
  checks: [
    {
      listing: {
        request: ({ settings }) => requestEvents(settings),
        read: (answer) => ({ items: readEvents(answer).map(toEventText) }),
      },
      verify: checkEvents,
    },
  ],
  hints: {
    400: "If a webhook of this name delivers to another address, remove it in the console under Webhooks; else look at Filter.",
    404: "Kapp Slug: the space has no such kapp, or the connection's Base URL is not a space.",
  },
  list: {
    request: (scope) => get(webhooksOf(scope)),
    read: (answer) => ({ items: readWebhooks(answer) }),
  },
  create: {
    request: ({ wanted, scope }) =>
      post(webhooksOf(scope), { name: toName(wanted), ...toWebhook(wanted) }),
    read: ({ data }) => ({ id: readName(data) }),
  },
  update: {
    request: ({ id, wanted, scope }) =>
      put(`${webhooksOf(scope)}${path`/${id}`}`, toWebhook(wanted)),
    read: (_answer, { id }) => ({ id }),
  },
  remove: call(({ id, scope }) => del(`${webhooksOf(scope)}${path`/${id}`}`)),
  isConflict: ({ status, data }) =>
    status === 409 || (status === 400 && readTextAt(data, "errorKey") === "uniqueness_violation"),
  fetchRecord,
});
