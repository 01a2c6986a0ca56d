import {
  type Connection,
  ConnectionError,
  type HttpResponse,
  type TriggerPayload,
} from "@prismatic-io/spectral";
import type { Delivery } from "../delivery/delivery";
import type { Outcome } from "../delivery/outcome";
import { HooklineError } from "../errors";
import type { Reply } from "../http/reply";
import { withoutSecrets } from "./without-secrets";

/** Names that flows are built on; they never change. */
export const branches = {
  notification: "Notification",
  urlVerify: "URL Verify",
  rejected: "Rejected",
} as const;

export type OnRejection = "throw" | "respond";

export interface WebhookResult {
  readonly payload: TriggerPayload & { readonly delivery: Delivery };
  readonly branch: string;
  readonly response?: HttpResponse;
  /** What the run leaves behind for all flows of the instance. */
  readonly crossFlowState?: Record<string, unknown>;
}

type RejectedOutcome = Extract<Outcome, { kind: "rejected" }>;

const unauthorised: Reply = { status: 401, contentType: "text/plain", body: "" };

const toResponse = ({
  status,
  contentType = "text/plain",
  headers,
  body,
}: Reply): HttpResponse => ({
  statusCode: status,
  contentType,
  ...(headers && { headers }),
  ...(body !== undefined && { body }),
});

const toError = ({ reason }: RejectedOutcome, connection: Connection | undefined): Error => {
  const message = `Webhook rejected: ${reason}`;
  return reason === "secret-missing" && connection
    ? new ConnectionError(connection, message)
    : new HooklineError("WEBHOOK_REJECTED", message);
};

/** Nothing of a rejected body may reach a step. */
const withoutBody = (payload: TriggerPayload): TriggerPayload => ({
  ...payload,
  rawBody: { data: null },
  body: { data: null },
});

export interface ResponseSettings {
  readonly onRejection: OnRejection;
  readonly connection: Connection | undefined;
  readonly secrets: readonly string[];
}

const rejectedResult = (
  outcome: RejectedOutcome,
  payload: TriggerPayload,
  { onRejection, connection }: ResponseSettings,
): WebhookResult => {
  if (!outcome.reply && onRejection === "throw") throw toError(outcome, connection);
  return {
    payload: { ...withoutBody(payload), delivery: outcome.delivery },
    branch: branches.rejected,
    response: toResponse(outcome.reply ?? unauthorised),
  };
};

/** What the trigger gives back to the platform: payload, branch and reply; or an error, so that the flow does not run. */
export const toResult = (
  outcome: Outcome,
  received: TriggerPayload,
  settings: ResponseSettings,
): WebhookResult => {
  const payload = withoutSecrets(received, settings.secrets);
  const { delivery, reply } = outcome;
  if (outcome.kind === "rejected") return rejectedResult(outcome, payload, settings);
  if (outcome.kind === "challenge")
    return {
      payload: { ...payload, delivery },
      branch: branches.urlVerify,
      response: toResponse(outcome.reply),
    };
  const body = { ...payload.body, data: outcome.body.data };
  return {
    payload: { ...payload, body, delivery },
    branch: branches.notification,
    ...(reply && { response: toResponse(reply) }),
  };
};
