import type { StandInDelivery } from "../stand-in";
import { type HeartcoreProject, type HeartcoreWebhook, typeOf } from "./project";

/** Defects that people reported of the real one, to be switched on. */
export interface HeartcoreDefects {
  /** A delete tells an id of nothing but zeros: https://github.com/umbraco/Umbraco.Cloud.Issues/issues/337 */
  readonly zeroIds?: boolean;
}

const NO_ID = "00000000-0000-0000-0000-000000000000";

const isWanted = (
  { enabled, events, contentTypes }: HeartcoreWebhook,
  event: string,
  type: string | undefined,
): boolean =>
  enabled &&
  events.includes(event) &&
  (contentTypes.length === 0 || (type !== undefined && contentTypes.includes(type)));

const toBody = (event: string, payload: unknown, { zeroIds = false }: HeartcoreDefects): string => {
  if (zeroIds && event.endsWith(".delete")) return JSON.stringify({ _id: NO_ID });
  return typeof payload === "string" ? payload : JSON.stringify(payload);
};

/** One delivery for each webhook that is enabled, and wants the event and the type. */
export const fireWebhooks = (
  project: HeartcoreProject,
  event: string,
  payload: unknown,
  defects: HeartcoreDefects,
): readonly StandInDelivery[] => {
  const type = typeOf(project, payload);
  return [...project.webhooks.values()]
    .filter((webhook) => isWanted(webhook, event, type))
    .map(({ id, endpointUrl, headers }) => ({
      subscriptionId: id,
      event,
      url: endpointUrl,
      headers: {
        "content-type": "application/json; charset=utf-8",
        "umb-headless-event": event,
        ...headers,
      },
      body: toBody(event, payload, defects),
    }));
};
