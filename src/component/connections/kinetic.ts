import { connection } from "@prismatic-io/spectral";

export const kinetic = connection({
  key: "kinetic",
  display: { label: "Kinetic Platform", description: "Access to a space of the Kinetic Platform" },
  inputs: {
    baseUrl: {
      label: "Base URL",
      type: "string",
      required: true,
      comments: "The server with its space, without /app/api/v1.",
      placeholder: "Enter the address of the space",
      example: "https://acme.kinops.io",
    },
    username: {
      label: "User Name",
      type: "string",
      required: true,
      comments: "A user who may manage the webhooks of the space or kapp.",
      placeholder: "Enter the user name",
      example: "integration@example.com",
    },
    password: {
      label: "Password",
      type: "password",
      required: true,
      comments: "The user's password.",
      placeholder: "Enter the password",
    },
  },
});
