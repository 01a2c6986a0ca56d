import type { InboundRequest } from "../http/inbound-request";
import { alternativesOf } from "./alternatives";
import { type Carrier, describeCarrier, readCarrier } from "./carrier";
import { decodeStrictly, type Encoding } from "./encoding";
import { type Rejected, rejected } from "./verdict";

/** DocuSign, the most generous provider, sends up to this many. */
const MAXIMUM_SIGNATURES = 100;

interface Signatures {
  readonly signature: Carrier | readonly Carrier[];
  readonly encoding: Encoding;
}

const describeFirst = ({ signature }: Signatures): string => {
  const [first] = alternativesOf(signature);
  return first ? describeCarrier(first) : "signature";
};

const isPresent = (carrier: Carrier, request: InboundRequest, item: unknown): boolean => {
  const { grammar: _, ...bare } = carrier;
  return readCarrier(bare as Carrier, request, item).length > 0;
};

/** Nearly always there is one carrier, and `flatMap` over it would cost more than everything else here. */
const readTexts = (
  carriers: readonly Carrier[],
  request: InboundRequest,
  item: unknown,
): readonly string[] => {
  const [only, ...others] = carriers;
  return only && others.length === 0
    ? readCarrier(only, request, item)
    : carriers.flatMap((carrier) => readCarrier(carrier, request, item));
};

const decodeAll = (
  texts: readonly string[],
  encoding: Encoding,
  sizeBytes: number | undefined,
): readonly Buffer[] => {
  const decoded: Buffer[] = [];
  for (const text of texts) {
    const bytes = decodeStrictly(text, encoding);
    if (bytes && (sizeBytes === undefined || bytes.length === sizeBytes)) decoded.push(bytes);
  }
  return decoded;
};

/** Every well-formed signature that the request carries, decoded; or why there is none. */
export const readSignatures = (
  scheme: Signatures,
  request: InboundRequest,
  sizeBytes: number | undefined,
  item?: unknown,
): readonly Buffer[] | Rejected => {
  const carriers = alternativesOf(scheme.signature);
  const texts = readTexts(carriers, request, item);
  if (texts.length === 0) {
    const present = carriers.some((carrier) => isPresent(carrier, request, item));
    return present
      ? rejected("signature-malformed", `The signature is not in ${describeFirst(scheme)}.`)
      : rejected("signature-missing", `There is no ${describeFirst(scheme)}.`);
  }
  if (texts.length > MAXIMUM_SIGNATURES)
    return rejected("signature-malformed", `There are more than ${MAXIMUM_SIGNATURES} signatures.`);
  const decoded = decodeAll(texts, scheme.encoding, sizeBytes);
  return decoded.length > 0
    ? decoded
    : rejected(
        "signature-malformed",
        `The ${describeFirst(scheme)} is not ${scheme.encoding}${sizeBytes === undefined ? "" : ` of ${sizeBytes} bytes`}.`,
      );
};
