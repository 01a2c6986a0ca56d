import { input } from "@prismatic-io/spectral";
import { providers } from "../../providers/catalogue";
import { toChoice, toConnection, toPairs, toSeconds, toText, toUrl } from "./clean";

/** Inputs that several triggers and actions share. */
export const deliveryInputs = {
  provider: input({
    label: "Provider",
    type: "string",
    required: true,
    comments:
      "The service that sends the webhook. It decides how deliveries are verified, challenges answered and replies written.",
    placeholder: "Choose the provider",
    example: "github",
    model: providers.map(({ id, name }) => ({ label: name, value: id })),
    clean: toText,
  }),
  signingSecret: input({
    label: "Signing Secret",
    type: "connection",
    required: false,
    comments:
      "The connection that holds the provider's signing secret. Deliveries are rejected without one, unless the provider's public key is fetched from the provider itself.",
    clean: toConnection,
  }),
  endpointUrl: input({
    label: "Endpoint URL",
    type: "string",
    required: false,
    comments:
      "The URL exactly as it was given to the provider, for providers that sign it. The flow's own webhook URL is used when this is empty.",
    placeholder: "Enter the URL that the provider calls",
    example: "https://hooks.example.com/trigger/SW5zdGFuY2VGbG93Q29uZmlnOjE=",
    clean: toUrl("Endpoint URL"),
  }),
  toleranceSeconds: input({
    label: "Tolerance (Seconds)",
    type: "string",
    required: false,
    comments:
      "How far the signed time of a delivery may be from now. The provider's own tolerance, mostly 300 seconds, is used when this is empty. Retries and replays of an old request need a wider one.",
    placeholder: "Enter a number of seconds",
    example: "300",
    clean: toSeconds("Tolerance (Seconds)"),
  }),
  options: input({
    label: "Options",
    type: "string",
    collection: "keyvaluelist",
    required: false,
    comments:
      "Further settings of the provider that are not secret, such as the webhook id for PayPal. The documentation of each provider lists them.",
    placeholder: "Enter a setting",
    example: "webhookId",
    clean: toPairs,
  }),
  onRejection: input({
    label: "On Rejection",
    type: "string",
    required: false,
    default: "throw",
    comments:
      "What happens to a webhook that cannot be verified: the execution fails and the flow does not run, or the sender gets status 401 and the flow continues on the Rejected branch without the body.",
    placeholder: "Choose what happens to a rejected webhook",
    example: "throw",
    model: [
      { label: "Fail the execution", value: "throw" },
      { label: "Respond with 401 on the Rejected branch", value: "respond" },
    ],
    clean: toChoice("On Rejection", ["throw", "respond"]),
  }),
} as const;
