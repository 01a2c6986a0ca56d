import type { ConnectionKind } from "../../connections/connection";

export const connection: ConnectionKind = {
  key: "umbraco",
  label: "Umbraco CMS",
  description: "Access to the Management API of an Umbraco site",
  fields: {
    baseUrl: {
      label: "Base URL",
      required: true,
      comments: "The address of the site, without /umbraco.",
      example: "https://www.example.com",
    },
    clientId: {
      label: "Client ID",
      required: true,
      comments: "The client id of an API user, which starts with umbraco-back-office-.",
      example: "umbraco-back-office-prismatic",
    },
    clientSecret: {
      label: "Client Secret",
      isSecret: true,
      required: true,
      comments: "The client secret of the API user. The user needs access to Settings.",
    },
  },
};
