import { HooklineError } from "../../errors";
import { del, get, path, post, put } from "../../http/api-request";
import { bearerAccess } from "../../subscriptions/access";
import { call } from "../../subscriptions/call";
import { defineSubscription } from "../../subscriptions/define-subscription";
import { readItems, readTextAt } from "../../subscriptions/read-answer";
import { list, text } from "../../subscriptions/setting";

const PAGE_SIZE = 100;
const SHOWN = "target,resource,filters,filters.resource_type,filters.action,filters.fields";
const EVENT = /^([a-z_]+)\.(?:(changed)(?:\.([a-z_]+))?|(added|removed|deleted|undeleted))$/;

interface Filter {
  readonly resource_type: string;
  readonly action: string;
  readonly fields?: readonly string[];
}

/** `task.added`, `task.changed` or, for one field only, `task.changed.due_on`. */
const toFilter = (event: string): Filter => {
  const [, type = "", changed, field, action = changed ?? ""] = EVENT.exec(event.trim()) ?? [];
  if (type === "")
    throw new HooklineError(
      "INPUT_INVALID",
      `Events: "${event}" is none. Enter a kind of resource and changed, added, removed, deleted or undeleted, such as task.added; for one field also its name, such as task.changed.due_on.`,
    );
  return { resource_type: type, action, ...(field !== undefined && { fields: [field] }) };
};

const readEvents = (filter: unknown): readonly string[] => {
  const event = `${readTextAt(filter, "resource_type")}.${readTextAt(filter, "action")}`;
  const fields = readItems(filter, "fields");
  return fields.length === 0 ? [event] : fields.map((field) => `${event}.${field}`);
};

const readWebhook = (webhook: unknown) => ({
  id: readTextAt(webhook, "gid"),
  key: readTextAt(webhook, "resource.gid"),
  endpointUrl: readTextAt(webhook, "target"),
  events: readItems(webhook, "filters").flatMap(readEvents),
});

/**
 * https://developers.asana.com/reference/createwebhook, .../getwebhooks, .../updatewebhook and
 * https://developers.asana.com/docs/webhooks-guide. That a second webhook for the same resource and target
 * is refused with 403 is not in the documentation; Asana's staff says so in
 * https://github.com/Asana/node-asana/issues/156.
 */
export const asanaSubscription = defineSubscription({
  kind: "api",
  access: bearerAccess("https://app.asana.com/api/1.0"),
  secret: "returned",
  handshake: true,
  inputs: {
    workspace: text({
      label: "Workspace",
      required: true,
      comments: "The id of the workspace or organization that the resources are in.",
      example: "1331",
      placeholder: "Enter the id of the workspace",
    }),
    resources: list({
      label: "Resources",
      required: true,
      comments:
        "The ids of the projects, tasks, portfolios, goals or teams to watch, or of the workspace itself.",
      example: "1209876543210987",
      placeholder: "Enter the id of a resource",
    }),
    events: list({
      label: "Events",
      comments:
        "The events to deliver, each as a kind of resource and what happened to it, for one field also its name, such as task.changed.due_on. All events of a project or task are delivered when this is empty; a team, portfolio or workspace needs some.",
      example: "task.added",
      placeholder: "Enter an event",
    }),
  },
  plan: ({ resources, events }) => {
    const wanted = events.map((event) => readEvents(toFilter(event)).join());
    return resources.map((resource) => ({ key: resource.trim(), events: wanted }));
  },
  scope: ({ workspace }) => ({ workspace }),
  hints: {
    400: "Resources, Events: Asana refuses this webhook. Mostly the flow's webhook URL did not answer Asana's handshake, or a resource above projects is watched without Events.",
    404: "Workspace, Resources: Asana knows no such id, or the token may not see it.",
  },
  list: {
    request: ({ workspace = "" }, offset) =>
      get("/webhooks", { workspace, limit: PAGE_SIZE, offset, opt_fields: SHOWN }),
    read: ({ data }) => ({
      items: readItems(data, "data").map(readWebhook),
      next: readTextAt(data, "next_page.offset") || undefined,
    }),
  },
  create: {
    request: ({ wanted: { key, endpointUrl, events } }) =>
      post("/webhooks", {
        data: { resource: key, target: endpointUrl, filters: events.map(toFilter) },
      }),
    read: ({ data }) => ({
      id: readTextAt(data, "data.gid"),
      secret: readTextAt(data, "X-Hook-Secret"),
    }),
  },
  keepsEndpoint: true,
  update: {
    request: ({ id, wanted: { events } }) =>
      put(path`/webhooks/${id}`, { data: { filters: events.map(toFilter) } }),
    read: (_answer, { id }) => ({ id }),
  },
  remove: call(({ id }) => del(path`/webhooks/${id}`)),
  isConflict: ({ status, data }) =>
    status === 403 && /duplicated webhook/i.test(readTextAt(data, "errors.0.message")),
});
