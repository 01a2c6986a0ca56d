import type { ConnectionKind } from "../../connections/connection";

export const connection: ConnectionKind = {
  key: "heartwork",
  label: "Heart.work",
  description: "Access to a workspace of Heart.work",
  fields: {
    baseUrl: {
      label: "Base URL",
      default: "https://api.heart.work",
      comments: "Where the API is. Only its Core API has webhooks.",
      example: "https://api.heart.work",
    },
    apiKey: {
      label: "API Key",
      isSecret: true,
      required: true,
      comments: "The key of the API; it is tied to the workspaces that it was made for.",
    },
    workspace: {
      label: "Workspace",
      required: true,
      comments: "The id or slug of the workspace whose events are delivered.",
      example: "acme",
    },
  },
};
