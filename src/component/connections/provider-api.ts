import { connection } from "@prismatic-io/spectral";

export const providerApi = connection({
  key: "providerApi",
  display: {
    label: "Provider API",
    description: "Credentials for a provider's API, to subscribe to its webhooks",
  },
  inputs: {
    baseUrl: {
      label: "Base URL",
      type: "string",
      required: false,
      comments:
        "Where the API is, for providers that have no single address, such as https://acme.myshopify.com for Shopify. The provider's own address is used when this is empty.",
      placeholder: "Enter the base URL of the API",
      example: "https://acme.myshopify.com",
    },
    token: {
      label: "Token",
      type: "password",
      required: false,
      comments:
        "The access token, personal token or secret API key that may manage webhooks at the provider.",
      placeholder: "Enter the token",
    },
    username: {
      label: "User Name",
      type: "string",
      required: false,
      comments:
        "The user name for providers that take HTTP Basic credentials; the API key for Trello; application id @ tenant id for Microsoft Graph.",
      placeholder: "Enter the user name",
      example: "integration@example.com",
    },
    password: {
      label: "Password",
      type: "password",
      required: false,
      comments:
        "The password for providers that take HTTP Basic credentials, or the client secret of the application for Microsoft Graph.",
      placeholder: "Enter the password",
    },
    signingSecret: {
      label: "Signing Secret",
      type: "password",
      required: false,
      comments:
        "What deliveries are signed with where that is a setting of the app and not of a webhook, such as the client secret of a Shopify app.",
      placeholder: "Enter the signing secret of the app",
    },
    previousSigningSecret: {
      label: "Previous Signing Secret",
      type: "password",
      required: false,
      comments:
        "The signing secret that is being replaced. It keeps working until this is cleared.",
      placeholder: "Enter the signing secret that is being replaced",
    },
  },
});
