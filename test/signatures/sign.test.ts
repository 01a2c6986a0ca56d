import { createHmac } from "node:crypto";
import fc from "fast-check";
import { HooklineError } from "../../src/errors";
import { type OutboundRequest, toReceived } from "../../src/http/outbound-request";
import { basic } from "../../src/signatures/basic";
import { choice } from "../../src/signatures/choice";
import { detachedJws } from "../../src/signatures/detached-jws";
import { pairs, pipePairs, prefixed, versions } from "../../src/signatures/grammar";
import { jwt } from "../../src/signatures/jwt";
import { hmac, keyedHash } from "../../src/signatures/mac";
import { publicKey } from "../../src/signatures/public-key";
import { pemKey } from "../../src/signatures/public-keys";
import type { SignatureScheme } from "../../src/signatures/scheme";
import { hexKey } from "../../src/signatures/secret-keys";
import { sharedToken } from "../../src/signatures/shared-token";
import { sign } from "../../src/signatures/sign";
import type { Signing } from "../../src/signatures/signing";
import { standardWebhooks } from "../../src/signatures/standard-webhooks";
import { verifySignature } from "../../src/signatures/verify-signature";
import { ENDPOINT, NOW } from "../support/evidence";
import { keyPairOf } from "../support/key-pairs";

const SECRET = "c4a1d09f2b7e63581fa0c6d94e8b273a";

const requestOf = (parts: Partial<OutboundRequest> = {}): OutboundRequest => ({
  method: "POST",
  url: ENDPOINT,
  headers: { "content-type": "application/json" },
  body: Buffer.from('{"name":"Zoë"}'),
  ...parts,
});

const signing = (parts: Partial<Signing> = {}): Signing => ({ secret: SECRET, now: NOW, ...parts });

const isAccepted = async (
  scheme: SignatureScheme,
  request: OutboundRequest,
  { secret, username, options = {}, now }: Signing,
): Promise<boolean> => {
  const verdict = await verifySignature(scheme, {
    request: toReceived(request, now),
    secrets: [secret],
    ...(username !== undefined && { username }),
    options,
    now,
    fetchKey: () => Promise.reject(new Error("No key is served here.")),
  });
  return verdict.kind === "verified";
};

const body = hmac({
  hash: "sha256",
  encoding: "hex",
  signature: { header: "x-signature" },
  content: ({ body: bytes }) => [bytes],
});

const timed = (signature: object, timestamp: object) =>
  hmac({
    ...body,
    signature: signature as { header: string },
    timestamp: timestamp as { header: string; unit: "seconds" },
    content: ({ timestamp: time, body: bytes }) => [time, ".", bytes],
  });

const form = requestOf({
  headers: { "content-type": "application/x-www-form-urlencoded" },
  body: Buffer.from("payload=Zo%C3%AB&b=2"),
});

interface Signable {
  readonly name: string;
  readonly scheme: SignatureScheme;
  readonly request?: OutboundRequest;
}

const toSignable = ([name, scheme, request]: readonly [
  string,
  SignatureScheme,
  OutboundRequest?,
]): Signable => ({ name, scheme, ...(request && { request }) });

const rows: readonly (readonly [string, SignatureScheme, OutboundRequest?])[] = [
  ["a MAC of the body", body],
  [
    "SHA-1, base64 and a prefix",
    hmac({
      ...body,
      hash: "sha1",
      encoding: "base64",
      signature: { header: "x-s", grammar: prefixed("sha1=") },
    }),
  ],
  ["SHA-512 and base64url", hmac({ ...body, hash: "sha512", encoding: "base64url" })],
  ["a key in hexadecimal", hmac({ ...body, key: hexKey })],
  [
    "a keyed hash",
    keyedHash({ ...body, content: ({ secret, url, method }) => [secret, method, url] }),
  ],
  ["a time in its own header", timed({ header: "x-s" }, { header: "x-t", unit: "iso8601" })],
  [
    "a time in the signature's header",
    timed(
      { header: "x-s", grammar: pairs("v1") },
      { header: "x-s", grammar: pairs("t"), unit: "seconds" },
    ),
  ],
  [
    "a time inside the signed body",
    hmac({ ...body, timestamp: { json: "sent.at", unit: "milliseconds" } }),
  ],
  ["a signature in the query", hmac({ ...body, signature: { query: "sig" } })],
  [
    "a signature in a form field",
    hmac({
      ...body,
      signature: { form: "sig", grammar: pipePairs("k") },
      content: ({ form: read }) => [read("payload")],
    }),
    form,
  ],
  [
    "sorted form fields",
    hmac({ ...body, content: ({ url, sortedForm }) => [url, sortedForm] }),
    form,
  ],
  [
    "a digest of the body",
    hmac({ ...body, content: ({ path, bodyDigest }) => [path, bodyDigest("sha256", "hex")] }),
  ],
  ["Standard Webhooks", standardWebhooks(), requestOf({ headers: { "webhook-id": "msg_1" } })],
  [
    "a JWT",
    jwt({
      token: { header: "authorization", grammar: prefixed("Bearer ") },
      algorithms: ["HS256"],
      sampleClaims: ({ url }) => ({ aud: url }),
    }),
  ],
  ["a shared token", sharedToken({ json: "token" })],
  ["HTTP Basic", basic],
];

it.each(rows.map(toSignable))("makes a genuine delivery: $name", async (signable) => {
  const { scheme, request = requestOf() } = signable;
  const by = signing({ username: "zoë" });
  const signed = await sign(scheme, request, by);
  expect(await isAccepted(scheme, signed, by)).toBe(true);
  expect(await isAccepted(scheme, signed, { ...by, secret: SECRET.replace("c", "d") })).toBe(false);
});

it.each(["ed25519", "ecdsa", "rsa"] as const)("signs with a private key, %s", async (algorithm) => {
  const pair = keyPairOf(algorithm === "ecdsa" ? "P-256" : algorithm);
  const scheme = publicKey({ ...body, algorithm, key: pemKey });
  const signed = await sign(scheme, requestOf(), signing({ secret: pair.privateKey }));
  expect(await isAccepted(scheme, signed, signing({ secret: pair.publicKey }))).toBe(true);
});

it("signs every entry of a batch", async () => {
  const scheme = hmac({
    ...body,
    each: "items.*",
    signature: { json: "meta.mac" },
    content: ({ json }) => [json("id")],
  });
  const request = requestOf({ body: Buffer.from('{"items":[{"id":1},{"id":2}],"live":true}') });
  const signed = await sign(scheme, request, signing());
  expect(await isAccepted(scheme, signed, signing())).toBe(true);
  expect(JSON.parse(signed.body.toString())).toMatchObject({
    live: true,
    items: [
      { id: 1, meta: { mac: expect.any(String) } },
      { id: 2, meta: {} },
    ],
  });
});

it("writes what the provider would write, and changes nothing else", async () => {
  const scheme = timed(
    { header: "x-s", grammar: versions("v1") },
    { header: "x-t", unit: "seconds" },
  );
  const request = requestOf();
  const signed = await sign(scheme, request, signing());
  const mac = createHmac("sha256", SECRET).update(`1773500966.${request.body}`).digest("hex");
  expect(signed).toEqual({
    ...request,
    headers: { ...request.headers, "x-t": "1773500966", "x-s": `v1,${mac}` },
  });
});

it("signs any body", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array(), async (bytes) => {
      const signed = await sign(body, requestOf({ body: Buffer.from(bytes) }), signing());
      expect(await isAccepted(body, signed, signing())).toBe(true);
    }),
  );
});

describe("of several schemes", () => {
  const several = choice({
    schemes: { token: sharedToken({ header: "x-token" }), signed: body },
    choose: ({ secrets, options }) =>
      options.scheme ?? (secrets[0]?.startsWith("whsec_") ? "signed" : "token"),
  });

  it("uses the one that a receiver with this secret expects", async () => {
    for (const by of [
      signing(),
      signing({ secret: `whsec_${SECRET}` }),
      signing({ options: { scheme: "signed" } }),
    ])
      expect(await isAccepted(several, await sign(several, requestOf(), by), by)).toBe(true);
  });

  it("uses the one that is asked for", async () => {
    const signed = await sign(several, requestOf(), signing({ scheme: "signed" }));
    expect(Object.keys(signed.headers)).toContain("x-signature");
  });

  it.each(["other", "toString"])("says that there is none called %s", async (scheme) => {
    await expect(sign(several, requestOf(), signing({ scheme }))).rejects.toThrow(
      "choose one of token, signed.",
    );
  });
});

describe("says what is lacking", () => {
  it("a header that is signed", async () => {
    await expect(sign(standardWebhooks(), requestOf(), signing())).rejects.toThrow(
      "The delivery needs {header:webhook-id} before it can be signed.",
    );
  });

  it("a secret of the right form", async () => {
    const attempt = sign(hmac({ ...body, key: hexKey }), requestOf(), signing({ secret: "xyz" }));
    await expect(attempt).rejects.toThrow(HooklineError);
    await expect(attempt).rejects.not.toThrow("xyz");
  });

  it("a private key", async () => {
    const scheme = publicKey({ ...body, algorithm: "rsa", key: pemKey });
    const attempt = sign(scheme, requestOf(), signing({ secret: "xyz" }));
    await expect(attempt).rejects.toThrow(HooklineError);
    await expect(attempt).rejects.toThrow("PEM");
    await expect(attempt).rejects.not.toThrow("xyz");
  });

  it.each([
    ["JWT", jwt({ token: { header: "x" }, algorithms: ["RS256"] })],
    [
      "detached JWS",
      detachedJws({ token: { header: "x" }, algorithms: ["ES512"], content: () => [] }),
    ],
  ])("the key of a provider: %s", async (kind, scheme) => {
    await expect(sign(scheme, requestOf(), signing())).rejects.toThrow(
      `A delivery with a ${kind} signature can only be made by the provider.`,
    );
  });
});

it("leaves a request alone that is not to be signed", async () => {
  const request = requestOf();
  expect(await sign({ kind: "none" }, request, signing())).toBe(request);
});
