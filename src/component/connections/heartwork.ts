import { connection } from "@prismatic-io/spectral";

export const heartwork = connection({
  key: "heartwork",
  display: { label: "Heart.work", description: "Access to a workspace of Heart.work" },
  inputs: {
    baseUrl: {
      label: "Base URL",
      type: "string",
      required: false,
      default: "https://api.heart.work",
      comments: "Where the API is. Only its Core API has webhooks.",
      placeholder: "Enter the base URL of the API",
      example: "https://api.heart.work",
    },
    apiKey: {
      label: "API Key",
      type: "password",
      required: true,
      comments: "The key of the API; it is tied to the workspaces that it was made for.",
      placeholder: "Enter the API key",
    },
    workspace: {
      label: "Workspace",
      type: "string",
      required: true,
      comments: "The id or slug of the workspace whose events are delivered.",
      placeholder: "Enter the workspace",
      example: "acme",
    },
  },
});
