import type { StandInAnswer } from "../stand-in";
import { ok, type UmbracoCall } from "./answers";
import type { Site } from "./site";

const LIFETIME_SECONDS = 299;

export const UMBRACO_USER = {
  clientId: "umbraco-back-office-hookline",
  clientSecret: "a-client-secret-of-the-stand-in",
};

const refuse = (status: number, error: string): StandInAnswer => ({ status, body: { error } });

/** POST /security/back-office/token, with the credentials of an API user in a form. */
export const answerToken = (
  { tokens }: Site,
  { method, body, now }: UmbracoCall,
  newId: () => string,
): StandInAnswer => {
  const form = new URLSearchParams(typeof body === "string" ? body : "");
  if (method !== "POST") return { status: 405 };
  if (form.get("grant_type") !== "client_credentials") return refuse(400, "unsupported_grant_type");
  if (
    form.get("client_id") !== UMBRACO_USER.clientId ||
    form.get("client_secret") !== UMBRACO_USER.clientSecret
  )
    return refuse(401, "invalid_client");
  const token = newId();
  tokens.set(token, now.getTime() + LIFETIME_SECONDS * 1_000);
  return ok({ access_token: token, token_type: "Bearer", expires_in: LIFETIME_SECONDS });
};

export const isLoggedIn = ({ tokens }: Site, { headers, now }: UmbracoCall): boolean => {
  const [, token = ""] = /^Bearer (.+)$/.exec(headers.get("authorization") ?? "") ?? [];
  return (tokens.get(token) ?? 0) > now.getTime();
};
