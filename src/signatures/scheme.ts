import type { KeyObject } from "node:crypto";
import type { InboundRequest } from "../http/inbound-request";
import type { OutboundRequest } from "../http/outbound-request";
import type { Carrier } from "./carrier";
import type { Encoding } from "./encoding";
import type { SignedContent } from "./signed-content";
import type { Verdict } from "./verdict";

export type SignedTimestamp = Carrier & {
  readonly unit: "seconds" | "milliseconds" | "seconds-or-milliseconds" | "iso8601";
  /** How far from now a delivery may be, either way; 300 where the provider says nothing. */
  readonly toleranceSeconds?: number;
};

interface ContentScheme {
  /** Where signatures sit. Several are alternatives: one that matches is enough. */
  readonly signature: Carrier | readonly Carrier[];
  readonly encoding: Encoding;
  readonly timestamp?: SignedTimestamp;
  /** What was signed. Several are alternatives, for providers that sign in more than one way. */
  readonly content: SignedContent | readonly SignedContent[];
}

interface MacFields extends ContentScheme {
  readonly hash: "sha1" | "sha256" | "sha512";
  /** Turns the secret as people copy it into key bytes; UTF-8 by default. `undefined` where it is not of that form. */
  readonly key?: (secret: string) => Uint8Array | undefined;
  /** JSON path of a batch whose every entry carries its own signature; JSON sources then start at the entry. */
  readonly each?: string;
}

export interface HmacScheme extends MacFields {
  readonly kind: "hmac";
}

/** A plain hash over content that itself holds the secret. */
export interface KeyedHashScheme extends MacFields {
  readonly kind: "keyed-hash";
}

export type MacScheme = HmacScheme | KeyedHashScheme;

/** A key that the request points at. Only an https URL that `isPinned` accepts is ever fetched. */
export interface KeySource {
  readonly url: (request: InboundRequest) => string | undefined;
  readonly isPinned: (url: URL, evidence: Evidence) => boolean;
  /** The pinned host, for people. */
  readonly host: string;
}

export interface PublicKeyScheme extends ContentScheme {
  readonly kind: "public-key";
  readonly algorithm: "ed25519" | "ecdsa" | "rsa";
  /** Ignored for Ed25519, which hashes by itself. */
  readonly hash: "sha1" | "sha256" | "sha512";
  /** Reads the key as the provider publishes it; throws where it is not one. */
  readonly key: (text: string) => KeyObject;
  readonly source?: KeySource;
  /** What else must hold, where anyone can have the provider sign: a problem in words, or nothing. */
  readonly claims?: (evidence: Evidence) => string | undefined;
}

/** A problem with the token's claims, in words, or nothing. */
export type CheckClaims = (
  claims: Readonly<Record<string, unknown>>,
  evidence: Evidence,
) => string | undefined;

export interface JwtScheme {
  readonly kind: "jwt";
  readonly token: Carrier;
  /** From the definition, never from the token. */
  readonly algorithms: readonly string[];
  readonly toleranceSeconds?: number;
  readonly claims?: CheckClaims;
  /** What a token of the provider holds beside its times, so that one can be made. */
  readonly sampleClaims?: (request: OutboundRequest) => Readonly<Record<string, unknown>>;
  readonly source?: KeySource;
}

export interface DetachedJwsScheme {
  readonly kind: "detached-jws";
  readonly token: Carrier;
  readonly algorithms: readonly string[];
  readonly content: SignedContent;
  readonly source?: KeySource;
}

export interface SharedTokenScheme {
  readonly kind: "shared-token";
  /** Where the secret comes back. A JSON path with `*` must hold it in every entry. */
  readonly token: Carrier;
}

export interface BasicScheme {
  readonly kind: "basic";
}

/** Proves nothing. Only ever chosen by name. */
interface NoScheme {
  readonly kind: "none";
}

/** A provider with several schemes. `choose` looks at settings or at which carrier is there; each of them must hold on its own. */
export interface ChoiceScheme {
  readonly kind: "choice";
  readonly schemes: Readonly<Record<string, SingleScheme>>;
  readonly choose: (evidence: Evidence) => string;
}

export type SingleScheme =
  | MacScheme
  | PublicKeyScheme
  | JwtScheme
  | DetachedJwsScheme
  | SharedTokenScheme
  | BasicScheme
  | NoScheme;

export type SignatureScheme = SingleScheme | ChoiceScheme;

/** Everything that verification may look at. */
export interface Evidence {
  readonly request: InboundRequest;
  /** Newest first: more than one while a secret rotates. Public keys, for providers that sign with a private one. */
  readonly secrets: readonly string[];
  /** For HTTP Basic. */
  readonly username?: string;
  readonly options: Readonly<Record<string, string>>;
  readonly now: Date;
  /** Overrides the scheme's own window. */
  readonly toleranceSeconds?: number;
  /** Fetches the text at an https URL without following redirects. */
  readonly fetchKey: (url: string) => Promise<string>;
}

export type Verify<Scheme> = (scheme: Scheme, evidence: Evidence) => Verdict | Promise<Verdict>;
