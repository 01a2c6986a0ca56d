import { createMac } from "./mac";
import type { MacScheme, SignatureScheme } from "./scheme";
import { isUsable } from "./usable-secrets";

const macSchemeOf = (scheme: SignatureScheme): MacScheme | undefined => {
  if (scheme.kind === "hmac" || scheme.kind === "keyed-hash") return scheme;
  return scheme.kind === "choice"
    ? Object.values(scheme.schemes).map(macSchemeOf).find(Boolean)
    : undefined;
};

/** The MAC of a text, made and written as the scheme makes and writes those of deliveries, with the newest usable secret. */
export const macOfText = (
  scheme: SignatureScheme,
  secrets: readonly string[],
  text: string,
): string | undefined => {
  const mac = macSchemeOf(scheme);
  const secret = secrets.find(isUsable);
  return mac && secret !== undefined
    ? createMac(mac, secret, [text])?.toString(mac.encoding)
    : undefined;
};
