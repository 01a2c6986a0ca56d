import type { Fields } from "../../connections/connection";
import { HooklineError } from "../../errors";
import { path } from "../../http/api-request";
import { readPath } from "../../http/json-path";
import { type Access, baseUrlOr } from "../../subscriptions/access";
import { providerApi } from "../../subscriptions/provider-api";
import { readTextAt } from "../../subscriptions/read-answer";

const toBaseUrl = baseUrlOr("https://graph.microsoft.com");

const readClient = ({ username = "", password = "" }: Fields) => {
  const [, client, tenant] = /^([^@\s]+)@([^@\s]+)$/.exec(username.trim()) ?? [];
  if (client && tenant && password !== "") return { client, tenant, password };
  throw new HooklineError(
    "CONNECTION_INVALID",
    "Connection providerApi: fill in User Name with the application's id, an @ and the tenant's id, and Password with the client secret of the application. Or fill in Token, which works only as long as the token lives.",
  );
};

/**
 * A token that is given, else one for the application itself. A token lives for about an hour, so that only
 * an application can renew its subscriptions for long.
 * https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-client-creds-grant-flow
 */
export const microsoftGraphAccess: Access = {
  connection: providerApi,
  requires: [],
  baseUrl: toBaseUrl,
  headers: ({ token: given = "" }, token) => ({ authorization: `Bearer ${token || given}` }),
  loginUrl: ({ token = "" }) => (token === "" ? "https://login.microsoftonline.com" : ""),
  login: {
    request: (fields) => {
      const { client, tenant, password } = readClient(fields);
      return {
        method: "POST",
        path: path`/${tenant}/oauth2/v2.0/token`,
        isRead: true,
        body: {
          form: [
            ["grant_type", "client_credentials"],
            ["client_id", client],
            ["client_secret", password],
            ["scope", `${toBaseUrl(fields)}/.default`],
          ],
        },
      };
    },
    read: ({ data }) => ({
      token: readTextAt(data, "access_token"),
      expiresInSeconds: Number(readPath(data, "expires_in")),
    }),
  },
};
