import { readPath, withPath } from "../../src/http/json-path";
import type { OutboundRequest } from "../../src/http/outbound-request";
import { plain } from "../../src/signatures/grammar";
import type { SignedTimestamp, SingleScheme } from "../../src/signatures/scheme";
import type { RejectionReason } from "../../src/signatures/verdict";
import { carriersOf, mapValues, rawText, valuesIn, withoutCarrier, withRawText } from "./carriers";
import { coverageOf } from "./coverage";
import type { Genuine } from "./genuine";
import { keyTypeOf, otherKeyPairOf, toPrefixedKey } from "./key-pairs";

/** A genuine delivery with one thing changed, and why it must be rejected. */
export interface Tampered {
  readonly change: string;
  readonly genuine: Genuine;
  readonly reasons: readonly RejectionReason[];
}

type Reasons = RejectionReason | readonly RejectionReason[];

const tampered = (change: string, genuine: Genuine, reasons: Reasons): Tampered => ({
  change,
  genuine,
  reasons: [reasons].flat() as readonly RejectionReason[],
});

const withRequest = (genuine: Genuine, request: OutboundRequest): Genuine => ({
  ...genuine,
  request,
});

const flipBit = (bytes: Buffer, index: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy[index] = copy[index]! ^ (1 << (index % 8));
  return copy;
};

const spread = (length: number, count: number): readonly number[] => [
  ...new Set(
    Array.from({ length: Math.min(length, count) }, (_, step) =>
      Math.round((step * (length - 1)) / Math.max(1, Math.min(length, count) - 1)),
    ),
  ),
];

const bytesOfBody = (genuine: Genuine): readonly Tampered[] => {
  const { request } = genuine;
  const { body } = request;
  const changed = (change: string, bytes: Buffer) =>
    tampered(change, withRequest(genuine, { ...request, body: bytes }), "signature-mismatch");
  return [
    ...spread(body.length, 24).map((index) =>
      changed(`a bit of byte ${index} of the body flipped`, flipBit(body, index)),
    ),
    changed("a byte appended to the body", Buffer.concat([body, Buffer.from(" ")])),
    ...(body.length > 0
      ? [
          changed("the body's last byte cut off", body.subarray(0, -1)),
          changed("the body emptied", Buffer.alloc(0)),
        ]
      : []),
  ];
};

const fieldsOfForm = (genuine: Genuine, names: readonly string[]): readonly Tampered[] => {
  const { request } = genuine;
  const change = (what: string, edit: (form: URLSearchParams) => void) => {
    const form = new URLSearchParams(request.body.toString("utf8"));
    edit(form);
    const body = Buffer.from(form.toString());
    return tampered(what, withRequest(genuine, { ...request, body }), "signature-mismatch");
  };
  return names.map((name) =>
    change(`form field ${name} changed`, (form) => form.set(name, `${form.get(name)}x`)),
  );
};

const allFieldsOfForm = (genuine: Genuine): readonly Tampered[] => {
  const { request } = genuine;
  const form = new URLSearchParams(request.body.toString("utf8"));
  const body = Buffer.from(`${form}${form.size > 0 ? "&" : ""}Added=1`);
  return [
    tampered(
      "a form field added",
      withRequest(genuine, { ...request, body }),
      "signature-mismatch",
    ),
    ...fieldsOfForm(genuine, [...new Set(form.keys())]),
  ];
};

const fieldsOfJson = (genuine: Genuine, names: readonly string[]): readonly Tampered[] => {
  const { request, scheme } = genuine;
  const json: unknown = JSON.parse(request.body.toString("utf8"));
  const first = "each" in scheme && scheme.each ? `${scheme.each.replaceAll("*", "0")}.` : "";
  return names.flatMap((name) => {
    const value = readPath(json, first + name);
    if (value === undefined) return [];
    const body = Buffer.from(JSON.stringify(withPath(json, first + name, `${value}x`)));
    return [
      tampered(
        `JSON field ${name} changed`,
        withRequest(genuine, { ...request, body }),
        "signature-mismatch",
      ),
    ];
  });
};

/** Whatever the signature covers of the body, changed. Nothing where it covers nothing. */
export const withBodyChanged = (genuine: Genuine): readonly Tampered[] => {
  const { body, allFormFields, formFields, jsonFields } = coverageOf(genuine.scheme);
  return [
    ...(body ? bytesOfBody(genuine) : []),
    ...(allFormFields ? allFieldsOfForm(genuine) : fieldsOfForm(genuine, formFields)),
    ...(jsonFields.length > 0 ? fieldsOfJson(genuine, jsonFields) : []),
  ];
};

const otherHost = (url: string): string => url.replace(/^(https?:\/\/)/, "$1other.");

export const withSignedPartChanged = (genuine: Genuine): readonly Tampered[] => {
  const { request, options } = genuine;
  const { headers, url, method, options: signedOptions } = coverageOf(genuine.scheme);
  const changed = (change: string, next: Partial<OutboundRequest>, reasons: Reasons) =>
    tampered(change, withRequest(genuine, { ...request, ...next }), reasons);
  return [
    ...headers.flatMap((header) => {
      const carrier = { header };
      const value = rawText(carrier, request);
      if (value === undefined) return [];
      return [
        tampered(
          `header ${header} changed`,
          withRequest(genuine, withRawText(carrier, `${value}x`, request)),
          "signature-mismatch",
        ),
        tampered(
          `header ${header} removed`,
          withRequest(genuine, withoutCarrier(carrier, request)),
          "signature-missing",
        ),
      ];
    }),
    ...(url
      ? [
          changed(
            "a query parameter added",
            { url: `${request.url}${request.url.includes("?") ? "&" : "?"}added=1` },
            "signature-mismatch",
          ),
        ]
      : []),
    ...(coverageOf(genuine.scheme).recipes.join("").includes("{url")
      ? [changed("the host changed", { url: otherHost(request.url) }, "signature-mismatch")]
      : []),
    ...(method ? [changed("the method changed", { method: "PUT" }, "signature-mismatch")] : []),
    ...signedOptions.map((name) =>
      tampered(
        `option ${name} changed`,
        { ...genuine, options: { ...options, [name]: `${options[name]}x` } },
        "signature-mismatch",
      ),
    ),
  ];
};

type SignatureChange =
  | "flipped"
  | "shorter"
  | "cut"
  | "emptied"
  | "undecodable"
  | "absent"
  | "repeated";

const mac: Record<SignatureChange, Reasons> = {
  flipped: "signature-mismatch",
  shorter: "signature-malformed",
  cut: "signature-malformed",
  emptied: "signature-malformed",
  undecodable: "signature-malformed",
  absent: "signature-missing",
  repeated: "signature-malformed",
};

const token: Record<SignatureChange, Reasons> = {
  ...mac,
  shorter: ["signature-mismatch", "signature-malformed"],
  cut: ["signature-mismatch", "signature-malformed"],
  emptied: "signature-missing",
};

const text: Record<SignatureChange, Reasons> = {
  flipped: "signature-mismatch",
  shorter: "signature-mismatch",
  cut: "signature-mismatch",
  emptied: "signature-missing",
  undecodable: "signature-mismatch",
  absent: "signature-missing",
  repeated: "signature-mismatch",
};

const reasonsByKind: Record<SingleScheme["kind"], Record<SignatureChange, Reasons>> = {
  hmac: mac,
  "keyed-hash": mac,
  "public-key": { ...mac, shorter: "signature-mismatch" },
  jwt: token,
  "detached-jws": token,
  "shared-token": text,
  basic: { ...mac, shorter: "signature-mismatch" },
  none: text,
};

/** How the bytes of a signature are written. What has no encoding is text. */
const encodingOf = (scheme: SingleScheme): "hex" | "base64" | "base64url" | "utf8" => {
  if ("encoding" in scheme) return scheme.encoding;
  if (scheme.kind === "basic") return "base64";
  return scheme.kind === "shared-token" ? "utf8" : "base64url";
};

/** The bytes that are the signature: of a JWT and a JWS only what follows the last dot. */
const onSignature = (
  scheme: SingleScheme,
  value: string,
  change: (bytes: Buffer) => Buffer,
): string => {
  const dot = encodingOf(scheme) === "base64url" ? value.lastIndexOf(".") + 1 : 0;
  const bytes = Buffer.from(value.slice(dot), encodingOf(scheme));
  return value.slice(0, dot) + change(bytes).toString(encodingOf(scheme));
};

const flipPositions = (bytes: Buffer): readonly number[] => spread(bytes.length, 8);

const signatureBytes = (genuine: Genuine): Buffer => {
  const [carrier] = carriersOf(genuine.scheme, genuine.request).filter(
    (each) => rawText(each, genuine.request) !== undefined,
  );
  const [value = ""] = carrier ? valuesIn(carrier, genuine.request) : [];
  return Buffer.from(value.slice(value.lastIndexOf(".") + 1), encodingOf(genuine.scheme));
};

const REPEATS = 10_000;

export const withSignatureChanged = (genuine: Genuine): readonly Tampered[] => {
  const { scheme, request } = genuine;
  const carriers = carriersOf(scheme, request).filter(
    (carrier) => rawText(carrier, request) !== undefined,
  );
  const reasons = reasonsByKind[scheme.kind];
  const mapped = (change: string, kind: SignatureChange, map: (value: string) => string) =>
    tampered(change, withRequest(genuine, mapValues(carriers, request, map)), reasons[kind]);
  const repeated = carriers.reduce((changed, carrier) => {
    const { write, separator } = carrier.grammar ?? plain;
    const [value = ""] = valuesIn(carrier, request);
    const all = Array.from({ length: REPEATS }, () => write(value)).join(separator);
    return withRawText(carrier, all, changed);
  }, request);
  return [
    ...flipPositions(signatureBytes(genuine)).map((position) =>
      mapped(`a bit of byte ${position} of the signature flipped`, "flipped", (value) =>
        onSignature(scheme, value, (bytes) => flipBit(bytes, Math.min(position, bytes.length - 1))),
      ),
    ),
    mapped("the signature a byte shorter", "shorter", (value) =>
      onSignature(scheme, value, (bytes) => bytes.subarray(0, -1)),
    ),
    mapped("the signature's last character cut off", "cut", (value) => value.slice(0, -1)),
    mapped("the signature emptied", "emptied", () => ""),
    mapped("a signature that is none", "undecodable", () => "~not~a~signature~"),
    tampered(
      "no signature",
      withRequest(
        genuine,
        carriers.reduce((changed, carrier) => withoutCarrier(carrier, changed), request),
      ),
      reasons.absent,
    ),
    tampered(`${REPEATS} signatures`, withRequest(genuine, repeated), reasons.repeated),
  ];
};

const flipCharacter = (text: string, position: number, bit: number): string => {
  const index = Math.min(position, text.length - 1);
  const flipped = String.fromCharCode(text.charCodeAt(index) ^ (1 << bit));
  return text.slice(0, index) + flipped + text.slice(index + 1);
};

/** A copy of the genuine delivery for each bit of some characters of its signatures, and whether these still are the same. Copies that leave only some of several the same are left out. */
export const withSignatureTextFlipped = (
  genuine: Genuine,
): readonly { readonly genuine: Genuine; readonly isSame: boolean }[] => {
  const { scheme, request } = genuine;
  const carriers = carriersOf(scheme, request).filter(
    (carrier) => rawText(carrier, request) !== undefined,
  );
  const values = carriers.flatMap((carrier) => valuesIn(carrier, request));
  const length = Math.max(...values.map((value) => value.length));
  const isHex = encodingOf(scheme) === "hex";
  return spread(length, 6).flatMap((position) =>
    [0, 1, 2, 3, 4, 5, 6].flatMap((bit) => {
      const flip = (value: string) => flipCharacter(value, position, bit);
      const same = values.filter(
        (value) => isHex && flip(value).toLowerCase() === value.toLowerCase(),
      );
      if (same.length > 0 && same.length < values.length) return [];
      const flipped = withRequest(genuine, mapValues(carriers, request, flip));
      return [{ isSame: same.length > 0, genuine: flipped }];
    }),
  );
};

const timestampOf = (scheme: SingleScheme): SignedTimestamp | undefined =>
  "timestamp" in scheme ? scheme.timestamp : undefined;

const toMilliseconds = (unit: SignedTimestamp["unit"], value: string): number => {
  if (unit === "iso8601") return Date.parse(value);
  return Number(value) * (unit === "milliseconds" || value.length > 11 ? 1 : 1000);
};

/** The window of a signed time, both ends still inside. */
const replayWindowOf = (
  genuine: Genuine,
): { readonly opens: number; readonly closes: number } | undefined => {
  const timestamp = timestampOf(genuine.scheme);
  const [value] = timestamp ? valuesIn(timestamp, genuine.request) : [];
  if (!timestamp || value === undefined) return undefined;
  const signedAt = toMilliseconds(timestamp.unit, value);
  const tolerance = (timestamp.toleranceSeconds ?? 300) * 1000;
  return { opens: signedAt - tolerance, closes: signedAt + tolerance };
};

const moved = (genuine: Genuine, time: number): Genuine => ({ ...genuine, now: new Date(time) });

/** As late and as early as it may arrive. */
export const atEndsOfWindow = (genuine: Genuine): readonly Genuine[] => {
  const window = replayWindowOf(genuine);
  return window ? [moved(genuine, window.opens), moved(genuine, window.closes)] : [];
};

const DECADE_MILLISECONDS = 10 * 365 * 24 * 3_600_000;

export const withTimeShifted = (genuine: Genuine): readonly Tampered[] => {
  const window = replayWindowOf(genuine);
  const times = window
    ? [window.closes + 1, window.closes + DECADE_MILLISECONDS, window.opens - 1, 0]
    : [];
  if (genuine.scheme.kind === "jwt")
    times.push(
      genuine.now.getTime() + DECADE_MILLISECONDS,
      genuine.now.getTime() - DECADE_MILLISECONDS,
    );
  return times.map((time) =>
    tampered(
      `received at ${new Date(time).toISOString()}`,
      moved(genuine, time),
      "timestamp-outside-tolerance",
    ),
  );
};

const badTimes: readonly (readonly [string, RejectionReason])[] = [
  ["NaN", "timestamp-malformed"],
  ["-1", "timestamp-malformed"],
  ["-1773500966", "timestamp-malformed"],
  ["Infinity", "timestamp-malformed"],
  ["1e9", "timestamp-malformed"],
  ["0x6553f100", "timestamp-malformed"],
  ["1773500966.5", "timestamp-malformed"],
  [" 1773500966", "timestamp-malformed"],
  ["99999999999999999999", "timestamp-malformed"],
  ["yesterday", "timestamp-malformed"],
  ["2026-02-31T99:00:00Z", "timestamp-malformed"],
];

/** Times that are none, put where the signed one was. Those inside a signed body come with a signature that holds. */
export const withTimeReplaced = async (
  genuine: Genuine,
  resign: (request: OutboundRequest) => Promise<OutboundRequest>,
): Promise<readonly Tampered[]> => {
  const timestamp = timestampOf(genuine.scheme);
  if (!timestamp || !replayWindowOf(genuine)) return [];
  const settle = async (request: OutboundRequest) =>
    withRequest(genuine, "json" in timestamp ? await resign(request) : request);
  const replaced = (value: string) => mapValues([timestamp], genuine.request, () => value);
  const absurd = timestamp.unit === "iso8601" ? "9999-12-31T23:59:59Z" : "99999999999";
  const isAlone = (timestamp.grammar ?? plain) === plain;
  const without = isAlone ? withoutCarrier(timestamp, genuine.request) : replaced("");
  return [
    ...(await Promise.all(
      badTimes
        .filter(([value]) => !(value.startsWith(" ") && !isAlone))
        .map(async ([value, reason]) =>
          tampered(`signed at "${value}"`, await settle(replaced(value)), reason),
        ),
    )),
    tampered(`signed at ${absurd}`, await settle(replaced(absurd)), "timestamp-outside-tolerance"),
    tampered("signed at no time", await settle(replaced("")), "timestamp-missing"),
    tampered("the signed time removed", await settle(without), "timestamp-missing"),
  ];
};

/** Public keys come as PEM, or as their last 32 bytes after a prefix. */
const inFormOf = (secret: string, pem: string): string =>
  secret.startsWith("whpk_") ? toPrefixedKey(pem) : pem;

/** Another secret of the same form. */
export const wrongSecretFor = ({ scheme }: Genuine, secret: string): string => {
  const algorithm = "algorithms" in scheme ? scheme.algorithms[0]! : undefined;
  if (scheme.kind === "public-key")
    return inFormOf(secret, otherKeyPairOf(keyTypeOf(scheme.algorithm)).publicKey);
  if (algorithm !== undefined && !algorithm.startsWith("HS"))
    return otherKeyPairOf(keyTypeOf(algorithm)).publicKey;
  const middle = Math.floor(secret.length / 2);
  const index = secret.slice(middle).search(/[A-Za-z0-9]/) + middle;
  const other = secret[index]!.toLowerCase() === "a" ? "B" : "A";
  return secret.slice(0, index) + other + secret.slice(index + 1);
};

const unusable: readonly unknown[] = [
  "",
  " ",
  "\t\r\n",
  "null",
  "undefined",
  "NULL",
  " undefined ",
  "[object Object]",
  "NaN",
  undefined,
  null,
  42,
  {},
];

/** Secrets that must never verify. */
export const withSecretsChanged = (genuine: Genuine): readonly Tampered[] => {
  const [secret] = genuine.secrets;
  if (secret === undefined) return [];
  const canFetch = "source" in genuine.scheme && genuine.scheme.source !== undefined;
  const missing: RejectionReason = canFetch ? "key-unavailable" : "secret-missing";
  const wrong = wrongSecretFor(genuine, secret);
  const withSecrets = (change: string, secrets: readonly unknown[], reasons: Reasons) =>
    tampered(change, { ...genuine, secrets: secrets as readonly string[] }, reasons);
  return [
    withSecrets("another secret", [wrong], "signature-mismatch"),
    withSecrets("two other secrets", [wrong, wrong], "signature-mismatch"),
    withSecrets("no secret", [], missing),
    withSecrets("only unusable secrets", unusable, missing),
    ...unusable.map((bad) => withSecrets(`the secret ${JSON.stringify(bad)}`, [bad], missing)),
  ];
};
