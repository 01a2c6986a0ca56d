import type { KeyObject } from "node:crypto";
import type { PublicKeyScheme } from "./scheme";

const MAXIMUM_KEPT = 100;

type Parsed = Map<string, KeyObject | undefined>;

const keyTypes: Record<PublicKeyScheme["algorithm"], string> = {
  ed25519: "ed25519",
  ecdsa: "ec",
  rsa: "rsa",
};

/** By scheme, since what is a key to one is none to another. */
const kept = new WeakMap<PublicKeyScheme, Parsed>();

const parse = ({ key, algorithm }: PublicKeyScheme, text: string): KeyObject | undefined => {
  try {
    const parsed = key(text);
    return parsed.asymmetricKeyType === keyTypes[algorithm] ? parsed : undefined;
  } catch {
    return undefined;
  }
};

/** The text as a key of the scheme's own algorithm; `undefined` where it is none. Parsing costs more than verifying, so it is done once. */
export const parseKey = (scheme: PublicKeyScheme, text: string): KeyObject | undefined => {
  const parsed: Parsed = kept.get(scheme) ?? new Map();
  kept.set(scheme, parsed);
  if (!parsed.has(text)) {
    if (parsed.size >= MAXIMUM_KEPT) parsed.clear();
    parsed.set(text, parse(scheme, text));
  }
  return parsed.get(text);
};
