import CryptoJS from "crypto-js";
import fc from "fast-check";
import type { InboundRequest } from "../../src/http/inbound-request";
import { readPath, toText, withPath } from "../../src/http/json-path";
import { type OutboundRequest, toReceived } from "../../src/http/outbound-request";
import { providers } from "../../src/providers/catalogue";
import type { Carrier } from "../../src/signatures/carrier";
import { plain } from "../../src/signatures/grammar";
import type { MacScheme, SignatureScheme, SignedTimestamp } from "../../src/signatures/scheme";
import type { Signed } from "../../src/signatures/signed";
import type { SignedContent } from "../../src/signatures/signed-content";
import { isUsable } from "../../src/signatures/usable-secrets";
import { verifySignature } from "../../src/signatures/verify-signature";
import { coverageOf } from "../support/coverage";

/*
 * crypto-js shares no code with node:crypto. What is signed is put together here from the scheme's own recipe, the MAC comes from
 * crypto-js, and the verifier has to agree.
 */

/** Per scheme; ORACLE_CASES=3200 makes more than 100,000 in all. */
const CASES = Number(process.env.ORACLE_CASES ?? 100);

jest.setTimeout(600_000);

type Words = CryptoJS.lib.WordArray;

const toWords = (bytes: Uint8Array): Words =>
  CryptoJS.enc.Hex.parse(Buffer.from(bytes).toString("hex"));

const toBytes = (words: Words): Buffer => Buffer.from(CryptoJS.enc.Hex.stringify(words), "hex");

const macs = {
  sha1: CryptoJS.HmacSHA1,
  sha256: CryptoJS.HmacSHA256,
  sha512: CryptoJS.HmacSHA512,
};

const hashes: Record<string, (words: Words) => Words> = {
  sha1: CryptoJS.SHA1,
  sha256: CryptoJS.SHA256,
  sha512: CryptoJS.SHA512,
  md5: CryptoJS.MD5,
};

const digest = ({ kind, hash, key }: MacScheme, secret: string, content: Buffer): Buffer => {
  if (kind === "keyed-hash") return toBytes(hashes[hash]!(toWords(content)));
  const keyBytes = key ? key(secret)! : Buffer.from(secret);
  return toBytes(macs[hash](toWords(content), toWords(keyBytes)));
};

interface Given {
  readonly secret: string;
  readonly timestamp: string;
  readonly options: Readonly<Record<string, string>>;
  readonly item?: unknown;
}

const formOf = ({ body }: InboundRequest): readonly (readonly [string, string])[] => [
  ...new URLSearchParams(body.toString("utf8")),
];

const sortFields = (fields: readonly (readonly [string, string])[]): string =>
  [...new Set(fields.map(([name]) => name))]
    .sort()
    .map((name) =>
      [...new Set(fields.filter(([other]) => other === name).map(([, value]) => value))]
        .sort()
        .map((value) => `${name}${value}`)
        .join(""),
    )
    .join("");

const parse = (body: Buffer): unknown => JSON.parse(body.toString("utf8"));

/** The values that a recipe is called with, read from the request here and not by the engine. */
const toSigned = (
  request: InboundRequest,
  { secret, timestamp, options, item }: Given,
): Signed => ({
  body: request.body,
  timestamp,
  method: request.method,
  url: request.url,
  path: request.url.slice(request.url.indexOf("/", "https://".length)),
  sortedForm: sortFields(formOf(request)),
  secret,
  header: (name) => request.headers.get(name),
  query: (name) => request.query.get(name),
  form: (name) => formOf(request).find(([field]) => field === name)?.[1],
  json: (path) => toText(readPath(item ?? parse(request.body), path)),
  option: (name) => options[name],
  bodyDigest: (hash, encoding) => toBytes(hashes[hash]!(toWords(request.body))).toString(encoding),
  bodyAs: (_name, transform) => transform(request.body),
  urlAs: (_name, transform) => transform(request.url),
});

const contentBytes = (content: SignedContent, request: InboundRequest, given: Given): Buffer =>
  Buffer.concat(
    content(toSigned(request, given)).map((part) => {
      if (part === undefined) throw new Error("The request lacks a part of what is signed.");
      return typeof part === "string" ? Buffer.from(part, "utf8") : Buffer.from(part);
    }),
  );

const hasMac = (scheme: SignatureScheme): scheme is MacScheme =>
  scheme.kind === "hmac" || scheme.kind === "keyed-hash";

interface Case {
  readonly name: string;
  readonly scheme: MacScheme;
}

const cases: readonly Case[] = providers.flatMap(({ id, signature }): readonly Case[] => {
  if (hasMac(signature)) return [{ name: id, scheme: signature }];
  if (signature.kind !== "choice") return [];
  return Object.entries(signature.schemes).flatMap(([name, scheme]) =>
    hasMac(scheme) ? [{ name: `${id}, ${name}`, scheme }] : [],
  );
});

const NOW = new Date("2026-03-14T15:09:26.535Z");

const timeTexts: Record<SignedTimestamp["unit"], string> = {
  seconds: "1773500966",
  milliseconds: "1773500966535",
  "seconds-or-milliseconds": "1773500966",
  iso8601: "2026-03-14T15:09:26Z",
};

const names = fc.stringMatching(/^[A-Za-z][\w-]{0,8}$/);
const texts = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 30 }),
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.constantFrom("", "a\r\nb\r\n", "Zoë — 東京 🎉", "a=b&c=%20+", '"\\"'),
);

const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  texts.map((text) => Buffer.from(text)),
  fc.json().map((text) => Buffer.from(text)),
  fc.constant(Buffer.alloc(0)),
);

const anyForm = (required: readonly string[]) =>
  fc
    .tuple(
      fc.tuple(...required.map(() => texts)),
      fc.array(fc.tuple(names, texts), { maxLength: 5 }),
    )
    .map(([values, others]) => {
      const fields = new URLSearchParams(others);
      for (const [index, name] of required.entries()) fields.append(name, values[index]!);
      return Buffer.from(fields.toString());
    });

const withFields = (value: unknown, paths: readonly string[], texts: readonly string[]): unknown =>
  paths.reduce((json, path, index) => withPath(json, path, texts[index]), value);

const anyJson = (paths: readonly string[], each: string | undefined) =>
  fc
    .tuple(
      fc.array(fc.tuple(...paths.map(() => texts)), { minLength: 1, maxLength: 3 }),
      fc.dictionary(names, fc.jsonValue({ maxDepth: 2 })),
      fc.constantFrom(undefined, 2),
    )
    .map(([items, rest, indent]) => {
      const json =
        each === undefined
          ? withFields(rest, paths, items[0]!)
          : items.reduce<unknown>(
              (batch, item, index) =>
                withPath(
                  batch,
                  each.replace("*", String(index)),
                  withFields({ other: 1 }, paths, item),
                ),
              withPath(rest, each.split(".*")[0]!, []),
            );
      return Buffer.from(JSON.stringify(json, null, indent));
    });

/** A body that holds what the scheme signs of it. */
const bodiesFor = (scheme: MacScheme): fc.Arbitrary<Buffer> => {
  const { formFields, jsonFields, allFormFields } = coverageOf(scheme);
  const carrier = [scheme.signature].flat()[0] as Carrier;
  if (formFields.length > 0 || "form" in carrier) return anyForm(formFields);
  if (jsonFields.length > 0 || "json" in carrier) return anyJson(jsonFields, scheme.each);
  if (scheme.timestamp && "json" in scheme.timestamp) return anyJson([], undefined);
  return allFormFields ? fc.oneof(anyForm([]), anyBytes) : anyBytes;
};

/** Header values travel as printable text. */
const headerTexts = fc.stringMatching(/^[!-~]([ -~]{0,30}[!-~])?$/);

const urls = fc.constantFrom(
  "https://hooks.example.com/trigger/SW5z?x=1&y=two",
  "https://hooks.example.com/trigger/SW5z",
  "https://hooks.example.com/a%20b/%C3%A9?q=%3A%2F&b=2&b=1&empty=",
  "https://hooks.example.com:8443/?bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620&a=1",
);

const secretsFor = ({ key }: MacScheme): fc.Arbitrary<string> => {
  const hexadecimal = fc.stringMatching(/^([0-9a-f]{2}){8,40}$/);
  const forms = fc.oneof(
    hexadecimal,
    fc
      .uint8Array({ minLength: 1, maxLength: 64 })
      .map((bytes) => Buffer.from(bytes).toString("base64")),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 100 }),
    hexadecimal.map((text) => `whsec_${text}`),
  );
  return forms.filter((secret) => isUsable(secret) && (!key || (key(secret)?.length ?? 0) > 0));
};

const randomCase = (text: string, seed: number): string =>
  [...text].map((char, index) => ((seed >> (index % 30)) & 1 ? char.toUpperCase() : char)).join("");

interface Draft {
  readonly body: Buffer;
  readonly url: string;
  readonly secret: string;
  readonly values: readonly string[];
  readonly seed: number;
}

const draftsFor = (scheme: MacScheme): fc.Arbitrary<Draft> =>
  fc.record({
    body: bodiesFor(scheme),
    url: urls,
    secret: secretsFor(scheme),
    values: fc.array(headerTexts, { minLength: 8, maxLength: 8 }),
    seed: fc.nat(),
  });

const withCarried = (carrier: Carrier, text: string, request: OutboundRequest): OutboundRequest => {
  const { write, separator } = carrier.grammar ?? plain;
  if ("json" in carrier) {
    const json = withPath(parse(request.body), carrier.json, write(text));
    return { ...request, body: Buffer.from(JSON.stringify(json)) };
  }
  if ("form" in carrier) {
    const form = new URLSearchParams(request.body.toString("utf8"));
    form.append(carrier.form, write(text));
    return { ...request, body: Buffer.from(form.toString()) };
  }
  if (!("header" in carrier)) throw new Error("No provider carries a MAC in the query.");
  const before = request.headers[carrier.header];
  const value = before === undefined ? write(text) : `${before}${separator}${write(text)}`;
  return { ...request, headers: { ...request.headers, [carrier.header]: value } };
};

const itemsIn = (
  request: OutboundRequest,
  each: string,
): readonly (readonly [string, unknown])[] => {
  const list = readPath(parse(request.body), each.split(".*")[0]!) as readonly unknown[];
  return list.map((_, index) => {
    const path = each.replace("*", String(index));
    return [path, readPath(parse(request.body), path)];
  });
};

/** The delivery as the provider would have sent it, its signature made by crypto-js. */
const signByOracle = (scheme: MacScheme, draft: Draft): OutboundRequest => {
  const { body, url, secret, values } = draft;
  const { headers, options } = coverageOf(scheme);
  const signed = Object.fromEntries(headers.map((name, index) => [name, values[index]!]));
  const timestamp = scheme.timestamp ? timeTexts[scheme.timestamp.unit] : "";
  const plainRequest: OutboundRequest = { method: "POST", url, headers: signed, body };
  const request = scheme.timestamp
    ? withCarried(scheme.timestamp, timestamp, plainRequest)
    : plainRequest;
  const given = {
    secret,
    timestamp,
    options: Object.fromEntries(options.map((name) => [name, name])),
  };
  const contents = [scheme.content].flat() as readonly SignedContent[];
  const content = contents[draft.seed % contents.length]!;
  const carriers = [scheme.signature].flat() as readonly Carrier[];
  const carrier = carriers[draft.seed % carriers.length]!;
  const macOf = (item?: unknown): string => {
    const bytes = contentBytes(content, toReceived(request, NOW), { ...given, item });
    return digest(scheme, secret, bytes).toString(scheme.encoding);
  };
  if (scheme.each === undefined) return withCarried(carrier, macOf(), request);
  return itemsIn(request, scheme.each).reduce<OutboundRequest>(
    (all, [path, item]) =>
      "json" in carrier
        ? withCarried({ ...carrier, json: `${path}.${carrier.json}` }, macOf(item), all)
        : all,
    request,
  );
};

const verdictOf = (scheme: MacScheme, draft: Draft) => {
  const { headers, ...request } = signByOracle(scheme, draft);
  const cased = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [randomCase(name, draft.seed), value]),
  );
  const { options } = coverageOf(scheme);
  return verifySignature(scheme, {
    request: toReceived({ ...request, headers: cased }, NOW),
    secrets: [draft.secret],
    options: Object.fromEntries(options.map((name) => [name, name])),
    now: NOW,
    fetchKey: () => Promise.reject(new Error("A MAC needs no key.")),
  });
};

it("has a scheme to judge", () => {
  expect(cases.length).toBeGreaterThan(30);
});

describe.each(cases.map(({ name, scheme }) => [name, scheme] as const))("%s", (_name, scheme) => {
  it("agrees with crypto-js over generated bodies, secrets and headers", () => {
    fc.assert(
      fc.property(draftsFor(scheme), (draft) => {
        expect(verdictOf(scheme, draft)).toMatchObject({ kind: "verified", secretIndex: 0 });
      }),
      { numRuns: CASES },
    );
  });
});

it.each(["sha1", "sha256", "sha512"] as const)("agrees with crypto-js over 1 MB, %s", (hash) => {
  const scheme: MacScheme = {
    kind: "hmac",
    hash,
    encoding: "hex",
    signature: { header: "x-signature" },
    content: ({ body }) => [body],
  };
  const body = Buffer.alloc(1_048_576, "Zoë\r\n\u0000\u0001");
  const draft = { body, url: "https://a.example/", secret: "s3cret", values: [], seed: 0 };
  expect(verdictOf(scheme, draft)).toMatchObject({ kind: "verified" });
});
