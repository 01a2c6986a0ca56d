import { type Access, withoutSlash } from "../../subscriptions/access";
import { readTextAt } from "../../subscriptions/read-answer";
import { connection } from "./connection";

export const API = "/umbraco/management/api/v1";
export const PAGE_SIZE = 100;

/** There is a next page as long as this one is full: some versions answer the length of the page as `total`. */
export const nextSkip = (items: readonly unknown[], page = "0"): { readonly next?: string } =>
  items.length < PAGE_SIZE ? {} : { next: String(Number(page) + PAGE_SIZE) };

/** An API user with client credentials: https://docs.umbraco.com/umbraco-cms/reference/management-api/external-access */
export const access: Access = {
  connection,
  requires: ["baseUrl", "clientId", "clientSecret"],
  baseUrl: ({ baseUrl = "" }) => withoutSlash(baseUrl).replace(/\/umbraco$/i, ""),
  headers: (_fields, token) => ({ authorization: `Bearer ${token}` }),
  login: {
    request: ({ clientId = "", clientSecret = "" }) => ({
      method: "POST",
      path: `${API}/security/back-office/token`,
      body: {
        form: [
          ["grant_type", "client_credentials"],
          ["client_id", clientId],
          ["client_secret", clientSecret],
        ],
      },
    }),
    read: ({ data }) => ({
      token: readTextAt(data, "access_token"),
      expiresInSeconds: Number(readTextAt(data, "expires_in")),
    }),
  },
};
