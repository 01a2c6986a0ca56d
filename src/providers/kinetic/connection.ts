import type { ConnectionKind } from "../../connections/connection";

export const connection: ConnectionKind = {
  key: "kinetic",
  label: "Kinetic Platform",
  description: "Access to a space of the Kinetic Platform",
  fields: {
    baseUrl: {
      label: "Base URL",
      required: true,
      comments: "The server with its space, without /app/api/v1.",
      example: "https://acme.kinops.io",
    },
    username: {
      label: "User Name",
      required: true,
      comments: "A user who may manage the webhooks of the space or kapp.",
      example: "integration@example.com",
    },
    password: {
      label: "Password",
      isSecret: true,
      required: true,
      comments: "The user's password.",
    },
  },
};
