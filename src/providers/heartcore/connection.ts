import type { ConnectionKind } from "../../connections/connection";

export const connection: ConnectionKind = {
  key: "heartcore",
  label: "Umbraco Heartcore",
  description: "Access to an Umbraco Heartcore project",
  fields: {
    projectAlias: {
      label: "Project Alias",
      required: true,
      comments: "The alias of the project, as its URL shows it.",
      example: "acme-website",
    },
    apiKey: {
      label: "API Key",
      isSecret: true,
      required: true,
      comments: "An API key of a backoffice user who may see settings and content.",
    },
    webhookSecret: {
      label: "Webhook Secret",
      required: true,
      isSecret: true,
      comments:
        "A long random text of your own. The webhook in the backoffice gets it as custom header X-Webhook-Secret, and deliveries are verified with it.",
    },
    previousWebhookSecret: {
      label: "Previous Webhook Secret",
      isSecret: true,
      comments:
        "The webhook secret that is being replaced. It keeps working until this is cleared.",
    },
    baseUrl: {
      label: "Base URL",
      default: "https://api.umbraco.io",
      comments: "Where the management API is.",
      example: "https://api.umbraco.io",
    },
    deliveryUrl: {
      label: "Delivery URL",
      default: "https://cdn.umbraco.io",
      comments: "Where the content delivery API is, from which whole records are fetched.",
      example: "https://cdn.umbraco.io",
    },
  },
};
