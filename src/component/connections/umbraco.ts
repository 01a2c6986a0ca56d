import { connection } from "@prismatic-io/spectral";

export const umbraco = connection({
  key: "umbraco",
  display: { label: "Umbraco CMS", description: "Access to the Management API of an Umbraco site" },
  inputs: {
    baseUrl: {
      label: "Base URL",
      type: "string",
      required: true,
      comments: "The address of the site, without /umbraco.",
      placeholder: "Enter the address of the site",
      example: "https://www.example.com",
    },
    clientId: {
      label: "Client ID",
      type: "string",
      required: true,
      comments: "The client id of an API user, which starts with umbraco-back-office-.",
      placeholder: "Enter the client id",
      example: "umbraco-back-office-prismatic",
    },
    clientSecret: {
      label: "Client Secret",
      type: "password",
      required: true,
      comments: "The client secret of the API user. The user needs access to Settings.",
      placeholder: "Enter the client secret",
    },
  },
});
