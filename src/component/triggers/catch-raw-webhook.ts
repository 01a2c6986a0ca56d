import { trigger } from "@prismatic-io/spectral";
import { readSigningSecrets } from "../connections/signing-secret";
import examplePayload from "../example-payloads/catch-raw-webhook.json";
import { deliveryInputs } from "../inputs/delivery";
import { deliveryQueueInputs } from "../inputs/delivery-queue";
import { rawChallengeInputs } from "../inputs/raw-challenge";
import { rawEventInputs } from "../inputs/raw-event";
import { rawReplyInputs } from "../inputs/raw-reply";
import { rawSignatureInputs } from "../inputs/raw-signature";
import { sourceInputs } from "../inputs/sources";
import { performWebhook } from "../perform-webhook";
import { toDeliveryQueue } from "../queue/delivery-queue";
import { toRawProvider } from "../raw-provider";
import { branches, type WebhookResult } from "../respond";

const { signingSecret, toleranceSeconds, onRejection } = deliveryInputs;
const { signature, ...signatureDetails } = rawSignatureInputs;

export const catchRawWebhook = trigger({
  display: {
    label: "Catch Raw Webhook",
    description:
      "Receive every request of any method, content type and body, verified by a signature that is described by hand or not at all.",
  },
  inputs: {
    signature,
    signingSecret,
    ...signatureDetails,
    toleranceSeconds,
    ...rawChallengeInputs,
    ...rawReplyInputs,
    ...rawEventInputs,
    ...sourceInputs,
    onRejection,
    ...deliveryQueueInputs,
  },
  scheduleSupport: "invalid",
  synchronousResponseSupport: "valid",
  allowsBranching: true,
  staticBranchNames: Object.values(branches),
  perform: async (context, payload, params) =>
    performWebhook(context, payload, {
      provider: toRawProvider(params),
      options: {},
      connection: params.signingSecret,
      signing: readSigningSecrets(params.signingSecret),
      toleranceSeconds: params.toleranceSeconds,
      onRejection: params.onRejection,
      allowedSources: params.allowedSources,
      sourceHeader: params.sourceHeader,
      queue: toDeliveryQueue(params.queueConnection, params.queue),
    }),
  examplePayload: examplePayload as unknown as WebhookResult,
});
