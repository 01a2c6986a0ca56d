import { input } from "@prismatic-io/spectral";
import { HooklineError } from "../../errors";
import type { Provider } from "../../providers/provider";
import { templateSettings } from "../../subscriptions/template-settings";
import caught from "../example-payloads/catch-raw-webhook.json";
import { toConnection } from "../inputs/clean";
import { deliveryInputs } from "../inputs/delivery";
import { rawChallengeInputs } from "../inputs/raw-challenge";
import { rawEventInputs } from "../inputs/raw-event";
import { rawReplyInputs } from "../inputs/raw-reply";
import { rawSignatureInputs } from "../inputs/raw-signature";
import { toSettingInputs } from "../inputs/settings";
import type { Params } from "../managed/lifecycle";
import { createManagedTrigger } from "../managed/managed-trigger";
import { anyApi } from "../managed/subscribables";
import { toRawProvider } from "../raw-provider";
import type { WebhookResult } from "../respond";

const example = caught as unknown as WebhookResult;

const toProvider = (params: Params): Provider => ({
  ...toRawProvider(params as unknown as Parameters<typeof toRawProvider>[0]),
  id: anyApi.id,
  name: anyApi.name,
});

/** A secret that nothing is verified with would only look safe. */
const check = (params: Params): void => {
  const { signature, createBody, secretSource } = params;
  const hasSecret = String(createBody).includes("{secret}") || secretSource === "returned";
  if (signature === "none" && hasSecret)
    throw new HooklineError(
      "INPUT_INVALID",
      "Signature: there is a signing secret, and deliveries are not verified with it. Choose how the API signs them, or leave {secret} out of Create Body and the secret out of its answer.",
    );
  toProvider(params);
};

export const managedWebhook = createManagedTrigger({
  subscribable: anyApi,
  display: {
    label: "Managed Webhook",
    description:
      "Receive webhooks from any API that can be subscribed to over HTTP: its calls and its signature are described by hand. Subscribes on deploy and unsubscribes on delete.",
  },
  inputs: {
    connection: input({
      label: "Connection",
      type: "connection",
      required: true,
      comments: "The base URL of the API and the credentials for it.",
      clean: toConnection,
    }),
    ...toSettingInputs(templateSettings),
    ...rawSignatureInputs,
    ...rawChallengeInputs,
    ...rawReplyInputs,
    ...rawEventInputs,
    onRejection: deliveryInputs.onRejection,
  },
  toProvider,
  check,
  examplePayload: {
    ...example,
    payload: { ...example.payload, delivery: { ...example.payload.delivery, provider: anyApi.id } },
  },
});
