import type { ActionContext, Connection, TriggerPayload } from "@prismatic-io/spectral";
import type { Fields } from "../../connections/connection";
import type { Provider } from "../../providers/provider";
import { isSetupPass } from "../../signatures/setup-pass";
import { markIn, PASS, toBareUrl, toMark } from "../../subscriptions/endpoint";
import type { Settings } from "../../subscriptions/setting";
import type { Subscription } from "../../subscriptions/subscription";
import { readFields } from "../connections/connection-fields";
import type { WebhookSettings } from "../perform-webhook";
import { type KeptRecord, recordsFor, secretsOf } from "./flow-records";
import { toOwner } from "./owner";
import { toPassKey } from "./subscription-host";

/** Secrets that the connection holds, because they belong to an app or were typed in by hand. */
const connectionSecrets = (subscription: Subscription, fields: Fields): readonly string[] => {
  if (subscription.kind === "manual")
    return subscription.secretFields.map((name) => fields[name] ?? "");
  return subscription.secret === "connection"
    ? [fields.signingSecret ?? "", fields.previousSigningSecret ?? ""]
    : [];
};

/** Whether the request carries a pass that our own set-up of this very flow gave away a moment ago. */
const isSettingUp = (
  owner: string,
  { queryParameters }: TriggerPayload,
  fields: Fields,
): boolean => {
  const query = new URLSearchParams(queryParameters ?? {});
  const mark = toMark(owner);
  return (
    markIn(query) === mark &&
    isSetupPass(query.get(PASS) ?? "", toPassKey(fields), mark, new Date())
  );
};

/** The endpoint to the letter as the provider was given it: some sign it. */
const givenUrl = (records: readonly KeptRecord[], invokeUrl: string): string =>
  records
    .flatMap(({ record }) => record.subscriptions)
    .map(({ endpointUrl }) => endpointUrl)
    .find((url) => toBareUrl(url) === toBareUrl(invokeUrl)) ?? "";

export interface ManagedInputs {
  readonly provider: Provider;
  readonly subscription: Subscription;
  readonly connection: Connection | undefined;
  readonly settings: Settings;
  readonly onRejection: WebhookSettings["onRejection"];
  readonly queue: WebhookSettings["queue"];
}

export interface ManagedSettings {
  readonly webhook: WebhookSettings;
  /** Those that the secrets come from. */
  readonly records: readonly KeptRecord[];
}

/** How a delivery to a managed trigger is verified: with what the record and the connection know. */
export const toManagedSettings = (
  context: Pick<ActionContext, "instance" | "flow" | "crossFlowState">,
  payload: TriggerPayload,
  { provider, subscription, connection, settings, onRejection, queue }: ManagedInputs,
): ManagedSettings => {
  const { invokeUrl } = payload;
  const fields = readFields(connection);
  const { stableId } = context.flow;
  const records = recordsFor(context.crossFlowState, {
    provider: provider.id,
    stableId,
    invokeUrl,
  });
  const secrets = [...connectionSecrets(subscription, fields), ...secretsOf(records)];
  const webhook: WebhookSettings = {
    provider,
    connection,
    onRejection,
    queue,
    options: {},
    signing: { secrets, username: fields.username ?? "", verifyToken: "" },
    endpointUrl: givenUrl(records, invokeUrl),
    isSettingUp: isSettingUp(toOwner(context), payload, fields),
    allowedSources: subscription.allowedSources?.(settings) ?? [],
    sourceHeader: "x-forwarded-for",
  };
  return { webhook, records };
};
