import type { ActionContext, Connection, TriggerPayload } from "@prismatic-io/spectral";
import { processDelivery } from "../delivery/process-delivery";
import type { DeliverySettings } from "../delivery/settings";
import { fetchText } from "../http/client";
import { readSigningSecrets } from "./connections/signing-secret";
import { toInboundRequest } from "./receive";
import { type OnRejection, toResult, type WebhookResult } from "./respond";

export interface WebhookSettings
  extends Pick<DeliverySettings, "provider" | "options" | "allowedSources" | "sourceHeader"> {
  readonly connection: Connection | undefined;
  readonly onRejection: OnRejection;
  readonly endpointUrl?: string;
  readonly toleranceSeconds?: number | undefined;
}

type Host = Pick<ActionContext, "logger" | "isSimulatedTestExecution">;

/** What every webhook trigger does with a request, whatever its inputs are called. */
export const performWebhook = async (
  { logger, isSimulatedTestExecution }: Host,
  payload: TriggerPayload,
  { connection, onRejection, endpointUrl, toleranceSeconds, ...settings }: WebhookSettings,
): Promise<WebhookResult> => {
  const { secrets, username, verifyToken } = readSigningSecrets(connection);
  const outcome = await processDelivery(toInboundRequest(payload, endpointUrl), {
    ...settings,
    secrets,
    username,
    verifyToken,
    now: new Date(),
    fetchText,
    isSimulated: isSimulatedTestExecution === true,
    ...(toleranceSeconds !== undefined && { toleranceSeconds }),
  });
  if (outcome.kind === "rejected")
    logger.warn(`Webhook rejected: ${outcome.reason}. ${outcome.detail}`);
  if (outcome.kind === "accepted" && outcome.body.problem !== undefined)
    logger.warn(`The body is delivered as ${outcome.body.format}: ${outcome.body.problem}`);
  return toResult(outcome, payload, { onRejection, connection, secrets });
};
