import type { ActionContext, Connection, TriggerPayload } from "@prismatic-io/spectral";
import { processDelivery } from "../delivery/process-delivery";
import type { DeliverySettings } from "../delivery/settings";
import { fetchText } from "../http/fetch-text";
import type { SigningSecrets } from "./connections/signing-secret";
import type { DeliveryQueue } from "./queue/delivery-queue";
import { enqueueBeforeAnswer } from "./queue/enqueue-before-answer";
import { toInboundRequest } from "./receive";
import { type OnRejection, toResult, type WebhookResult } from "./respond";

export interface WebhookSettings
  extends Pick<
    DeliverySettings,
    "provider" | "options" | "allowedSources" | "sourceHeader" | "isSettingUp"
  > {
  readonly signing: SigningSecrets;
  /** The one to look at where there is no secret. */
  readonly connection: Connection | undefined;
  readonly onRejection: OnRejection;
  readonly endpointUrl?: string;
  readonly toleranceSeconds?: number | undefined;
  /** Where accepted events are kept before the answer; without one they are the flow's alone. */
  readonly queue?: DeliveryQueue | undefined;
}

type Host = Pick<ActionContext, "logger" | "isSimulatedTestExecution">;

/** Taken one by one: what a rest leaves over (`...others`) is slow to read, and this is read for every delivery all the way down. */
const toDeliverySettings = (
  settings: WebhookSettings,
  { secrets, username, verifyToken }: SigningSecrets,
  isSimulated: boolean,
): DeliverySettings => {
  const { provider, options, toleranceSeconds, allowedSources = [], sourceHeader = "" } = settings;
  const { isSettingUp } = settings;
  return {
    provider,
    options,
    allowedSources,
    sourceHeader,
    secrets,
    username,
    verifyToken,
    now: new Date(),
    fetchText,
    isSimulated,
    ...(toleranceSeconds !== undefined && { toleranceSeconds }),
    ...(isSettingUp !== undefined && { isSettingUp }),
  };
};

/** What every webhook trigger does with a request, whatever its inputs are called. */
export const performWebhook = async (
  host: Host,
  payload: TriggerPayload,
  settings: WebhookSettings,
): Promise<WebhookResult> => {
  const { logger, isSimulatedTestExecution } = host;
  const { connection, onRejection, endpointUrl, signing, queue } = settings;
  const outcome = await processDelivery(
    toInboundRequest(payload, endpointUrl),
    toDeliverySettings(settings, signing, isSimulatedTestExecution === true),
  );
  if (outcome.kind === "rejected")
    logger.warn(`Webhook rejected: ${outcome.reason}. ${outcome.detail}`);
  if (outcome.kind === "accepted" && outcome.body.problem !== undefined)
    logger.warn(`The body is delivered as ${outcome.body.format}: ${outcome.body.problem}`);
  if (outcome.kind === "accepted" && queue !== undefined)
    await enqueueBeforeAnswer(host, queue, outcome.delivery);
  return toResult(outcome, payload, {
    onRejection,
    connection,
    secrets: [...signing.secrets, signing.verifyToken],
  });
};
