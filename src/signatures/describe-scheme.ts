import { alternativesOf } from "./alternatives";
import { type Carrier, describeCarrier } from "./carrier";
import type { MacScheme, PublicKeyScheme, SignatureScheme, SingleScheme } from "./scheme";
import { describeSignedContent, type SignedContent } from "./signed-content";

const words = (content: SignedContent | readonly SignedContent[]): string =>
  alternativesOf(content)
    .map((alternative) => `\`${describeSignedContent(alternative).replaceAll("\n", "\\n")}\``)
    .join(" or ");

const carriers = (signature: Carrier | readonly Carrier[]): string => {
  const all = alternativesOf(signature);
  const shown = all.slice(0, 2).map(describeCarrier).join(" or ");
  return all.length > 2 ? `${shown} … (${all.length})` : shown;
};

const describeContentScheme = (name: string, scheme: MacScheme | PublicKeyScheme): string =>
  `${name}, ${scheme.encoding}, in ${carriers(scheme.signature)}, over ${words(scheme.content)}`;

type Describe = {
  readonly [Kind in SingleScheme["kind"]]: (
    scheme: Extract<SingleScheme, { kind: Kind }>,
  ) => string;
};

const algorithms = { ed25519: "Ed25519", ecdsa: "ECDSA", rsa: "RSA" } as const;

const describers: Describe = {
  hmac: (scheme) => describeContentScheme(`HMAC-${scheme.hash.toUpperCase()}`, scheme),
  "keyed-hash": (scheme) => describeContentScheme(scheme.hash.toUpperCase(), scheme),
  "public-key": (scheme) =>
    describeContentScheme(
      scheme.algorithm === "ed25519"
        ? "Ed25519"
        : `${algorithms[scheme.algorithm]} with ${scheme.hash.toUpperCase()}`,
      scheme,
    ),
  jwt: ({ token, algorithms: allowed }) =>
    `JWT (${allowed.join(", ")}) in ${describeCarrier(token)}`,
  "detached-jws": ({ token, algorithms: allowed, content }) =>
    `detached JWS (${allowed.join(", ")}) in ${describeCarrier(token)}, over ${words(content)}`,
  "shared-token": ({ token }) => `shared token in ${describeCarrier(token)}`,
  basic: () => "HTTP Basic",
  none: () => "no signature",
};

const describeSingle = (scheme: SingleScheme): string =>
  (describers[scheme.kind] as (scheme: SingleScheme) => string)(scheme);

/** One line for each scheme that the provider may use, for people and for the generated docs. */
export const describeScheme = (scheme: SignatureScheme): readonly string[] =>
  scheme.kind === "choice"
    ? Object.entries(scheme.schemes).map(([name, single]) => `${name}: ${describeSingle(single)}`)
    : [describeSingle(scheme)];
