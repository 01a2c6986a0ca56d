import type { TriggerPayload } from "@prismatic-io/spectral";
import { REDACTED, redactSecret } from "../http/redact";
import { isUsable } from "../signatures/usable-secrets";

const BASIC = /^Basic\s+/i;

const holdsSecret = (value: string, secrets: readonly string[]): boolean => {
  const readable = BASIC.test(value)
    ? Buffer.from(value.replace(BASIC, ""), "base64").toString("utf8")
    : value;
  return secrets.some((secret) => redactSecret(readable, secret) !== readable);
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
