import type { TriggerPayload } from "@prismatic-io/spectral";
import { isUsable } from "../signatures/usable-secrets";

const REDACTED = "[redacted]";
const BASIC = /^Basic\s+/i;

/** A shorter one stands in half of all headers by chance: then only a word of its own counts. */
const SHORTEST_DISTINCT = 8;

/** Nothing, as before a text and behind it, or a separator. */
const EDGE = /^[\s,;=:]?$/;

const standsAlone = (secret: string, text: string): boolean => {
  for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1))
    if (EDGE.test(text.charAt(at - 1)) && EDGE.test(text.charAt(at + secret.length))) return true;
  return false;
};

const stands = (secret: string, text: string): boolean =>
  secret.length < SHORTEST_DISTINCT ? standsAlone(secret, text) : text.includes(secret);

const holdsSecret = (value: string, secrets: readonly string[]): boolean => {
  const readable = BASIC.test(value)
    ? Buffer.from(value.replace(BASIC, ""), "base64").toString("utf8")
    : value;
  return secrets.some((secret) => stands(secret, readable));
};

/** The values themselves where none holds a secret, as is the rule. */
const redact = <Values extends Record<string, string> | null | undefined>(
  values: Values,
  secrets: readonly string[],
): Values => {
  const isSecret = (value: unknown) => holdsSecret(String(value), secrets);
  if (!values || !Object.values(values).some(isSecret)) return values;
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, isSecret(value) ? REDACTED : value]),
  ) as Values;
};

/** Step outputs are kept and shown by the platform, so a secret that came as a header or query parameter does not go into them. */
export const withoutSecrets = (
  payload: TriggerPayload,
  secrets: readonly string[],
): TriggerPayload => {
  const usable = secrets.filter(isUsable);
  return {
    ...payload,
    headers: redact(payload.headers, usable),
    queryParameters: redact(payload.queryParameters, usable),
  };
};
