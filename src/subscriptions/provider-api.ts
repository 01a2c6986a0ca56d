import type { ConnectionKind } from "../connections/connection";

/** The connection for every provider that needs no kind of its own. */
export const providerApi: ConnectionKind = {
  key: "providerApi",
  label: "Provider API",
  description: "Credentials for a provider's API, to subscribe to its webhooks",
  fields: {
    baseUrl: {
      label: "Base URL",
      comments:
        "Where the API is, for providers that have no single address, such as https://acme.myshopify.com for Shopify. The provider's own address is used when this is empty.",
      example: "https://acme.myshopify.com",
    },
    token: {
      label: "Token",
      isSecret: true,
      comments:
        "The access token, personal token or secret API key that may manage webhooks at the provider.",
    },
    username: {
      label: "User Name",
      comments:
        "The user name for providers that take HTTP Basic credentials; the API key for Trello; application id @ tenant id for Microsoft Graph.",
      example: "integration@example.com",
    },
    password: {
      label: "Password",
      isSecret: true,
      comments:
        "The password for providers that take HTTP Basic credentials, or the client secret of the application for Microsoft Graph.",
    },
    signingSecret: {
      label: "Signing Secret",
      isSecret: true,
      comments:
        "What deliveries are signed with where that is a setting of the app and not of a webhook, such as the client secret of a Shopify app.",
    },
    previousSigningSecret: {
      label: "Previous Signing Secret",
      isSecret: true,
      comments:
        "The signing secret that is being replaced. It keeps working until this is cleared.",
    },
  },
};
