import type { ConnectionKind, Fields } from "../connections/connection";
import type { ApiAnswer } from "../http/api-request";
import type { Call } from "./call";
import { providerApi } from "./provider-api";

/** How a provider's API is reached: which connection holds the credentials and what they become. */
export interface Access {
  /** `providerApi`, or a kind of the provider's own. */
  readonly connection: ConnectionKind;
  /** Fields that have to be filled in. */
  readonly requires: readonly string[];
  /** Without a slash at its end. */
  readonly baseUrl: (fields: Fields) => string;
  /** What every call carries; `token` is what the login returned, empty without one. */
  readonly headers?: (fields: Fields, token: string) => Readonly<Record<string, string>>;
  readonly query?: (fields: Fields) => Readonly<Record<string, string>>;
  /** The call that turns the credentials into a token, where they are not used directly. */
  readonly login?: Call<Fields, Token>;
  /** Where the login is, if not at the base URL; empty where the fields hold a token already. */
  readonly loginUrl?: (fields: Fields) => string;
  /** The path that a call really goes to, for APIs that want a credential in it. Nothing records or logs it. */
  readonly toPath?: (path: string, fields: Fields) => string;
  /** What an answer amounts to, where a 200 may hold a refusal, as in GraphQL: with the status and the `message` that say so. */
  readonly interpret?: (answer: ApiAnswer) => ApiAnswer;
}

export interface Token {
  readonly token: string;
  readonly expiresInSeconds: number;
}

export const withoutSlash = (url: string): string => url.replace(/\/+$/, "");

/** The field `baseUrl`, or the provider's own address where it is empty. */
export const baseUrlOr =
  (fallback: string) =>
  ({ baseUrl }: Fields): string =>
    withoutSlash(baseUrl || fallback);

/** The value of an Authorization header with HTTP Basic credentials. */
export const toBasic = (username: string, password: string): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;

/** Access by the connection Provider API, with its token as a bearer. */
export const bearerAccess = (
  baseUrl: string,
  headers: Readonly<Record<string, string>> = {},
): Access => ({
  connection: providerApi,
  requires: ["token"],
  baseUrl: baseUrlOr(baseUrl),
  headers: ({ token = "" }) => ({ authorization: `Bearer ${token}`, ...headers }),
});
