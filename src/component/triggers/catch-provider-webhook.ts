import { trigger } from "@prismatic-io/spectral";
import { findProvider } from "../../providers/catalogue";
import { readSigningSecrets } from "../connections/signing-secret";
import examplePayload from "../example-payloads/catch-provider-webhook.json";
import { deliveryInputs } from "../inputs/delivery";
import { deliveryQueueInputs } from "../inputs/delivery-queue";
import { recordsFor, secretsOf } from "../managed/flow-records";
import { performWebhook } from "../perform-webhook";
import { checkOptions } from "../provider-options";
import { toDeliveryQueue } from "../queue/delivery-queue";
import { branches, type WebhookResult } from "../respond";

const { provider, signingSecret, endpointUrl, toleranceSeconds, options, onRejection } =
  deliveryInputs;

export const catchProviderWebhook = trigger({
  display: {
    label: "Catch Provider Webhook",
    description:
      "Receive webhooks from a provider in the catalogue: verifies each delivery, answers the provider's challenges and replies as the provider expects.",
  },
  inputs: {
    provider,
    signingSecret,
    endpointUrl,
    toleranceSeconds,
    options,
    onRejection,
    ...deliveryQueueInputs,
  },
  scheduleSupport: "invalid",
  synchronousResponseSupport: "valid",
  allowsBranching: true,
  staticBranchNames: Object.values(branches),
  perform: async (context, payload, params) => {
    const chosen = findProvider(params.provider);
    const signing = readSigningSecrets(params.signingSecret);
    const made = recordsFor(context.crossFlowState, {
      provider: chosen.id,
      stableId: payload.flow?.stableId ?? "",
      invokeUrl: payload.invokeUrl,
    });
    return performWebhook(context, payload, {
      provider: chosen,
      options: checkOptions(chosen, params.options),
      connection: params.signingSecret,
      signing: { ...signing, secrets: [...signing.secrets, ...secretsOf(made)] },
      endpointUrl: params.endpointUrl,
      toleranceSeconds: params.toleranceSeconds,
      onRejection: params.onRejection,
      queue: toDeliveryQueue(params.queueConnection, params.queue),
    });
  },
  examplePayload: examplePayload as unknown as WebhookResult,
});
