import { connection } from "@prismatic-io/spectral";

export const heartcore = connection({
  key: "heartcore",
  display: { label: "Umbraco Heartcore", description: "Access to an Umbraco Heartcore project" },
  inputs: {
    projectAlias: {
      label: "Project Alias",
      type: "string",
      required: true,
      comments: "The alias of the project, as its URL shows it.",
      placeholder: "Enter the project alias",
      example: "acme-website",
    },
    apiKey: {
      label: "API Key",
      type: "password",
      required: true,
      comments: "An API key of a backoffice user who may see settings and content.",
      placeholder: "Enter the API key",
    },
    webhookSecret: {
      label: "Webhook Secret",
      type: "password",
      required: false,
      comments:
        "A long random text of your own. The webhook in the backoffice gets it as custom header X-Webhook-Secret, and deliveries are verified with it.",
      placeholder: "Enter a long random text",
    },
    previousWebhookSecret: {
      label: "Previous Webhook Secret",
      type: "password",
      required: false,
      comments:
        "The webhook secret that is being replaced. It keeps working until this is cleared.",
      placeholder: "Enter the webhook secret that is being replaced",
    },
    baseUrl: {
      label: "Base URL",
      type: "string",
      required: false,
      default: "https://api.umbraco.io",
      comments: "Where the management API is.",
      placeholder: "Enter the base URL of the management API",
      example: "https://api.umbraco.io",
    },
    deliveryUrl: {
      label: "Delivery URL",
      type: "string",
      required: false,
      default: "https://cdn.umbraco.io",
      comments: "Where the content delivery API is, from which whole records are fetched.",
      placeholder: "Enter the base URL of the delivery API",
      example: "https://cdn.umbraco.io",
    },
  },
});
