import { basic } from "../../src/signatures/basic";
import { numberedHeaders } from "../../src/signatures/carrier";
import { choice } from "../../src/signatures/choice";
import { describeScheme } from "../../src/signatures/describe-scheme";
import { detachedJws } from "../../src/signatures/detached-jws";
import { pairs, prefixed } from "../../src/signatures/grammar";
import { jwt } from "../../src/signatures/jwt";
import { hmac, keyedHash } from "../../src/signatures/mac";
import { publicKey } from "../../src/signatures/public-key";
import { pemKey } from "../../src/signatures/public-keys";
import type { SignatureScheme } from "../../src/signatures/scheme";
import { sharedToken } from "../../src/signatures/shared-token";

const mac = hmac({
  hash: "sha256",
  encoding: "hex",
  signature: { header: "x-signature", grammar: pairs("v1") },
  timestamp: { header: "x-signature", grammar: pairs("t"), unit: "seconds" },
  content: ({ timestamp, body }) => [timestamp, ".", body],
});

const signedBy = (algorithm: "ed25519" | "ecdsa" | "rsa") =>
  publicKey({
    algorithm,
    hash: "sha256",
    encoding: "base64",
    signature: { json: "sig" },
    content: ({ body }) => [body],
    key: pemKey,
  });

it.each<[string, SignatureScheme, readonly string[]]>([
  [
    "a MAC",
    mac,
    ["HMAC-SHA256, hex, in header x-signature as v1=<value>, over `{timestamp}.{body}`"],
  ],
  [
    "a MAC in one of many places, over one of two contents",
    hmac({
      ...mac,
      signature: numberedHeaders("x-s-", 100),
      content: [({ body }) => [body], ({ url }) => [url]],
    }),
    ["HMAC-SHA256, hex, in header x-s-1 or header x-s-2 … (100), over `{body}` or `{url}`"],
  ],
  [
    "a keyed hash",
    keyedHash({ ...mac, hash: "sha1", content: ({ secret, body }) => [secret, body] }),
    ["SHA1, hex, in header x-signature as v1=<value>, over `{secret}{body}`"],
  ],
  ["Ed25519", signedBy("ed25519"), ["Ed25519, base64, in JSON field sig, over `{body}`"]],
  ["ECDSA", signedBy("ecdsa"), ["ECDSA with SHA256, base64, in JSON field sig, over `{body}`"]],
  ["RSA", signedBy("rsa"), ["RSA with SHA256, base64, in JSON field sig, over `{body}`"]],
  [
    "a JWT",
    jwt({
      token: { header: "authorization", grammar: prefixed("Bearer ") },
      algorithms: ["HS256"],
    }),
    ["JWT (HS256) in header authorization as Bearer <value>"],
  ],
  [
    "a detached JWS",
    detachedJws({
      token: { header: "x-jws" },
      algorithms: ["ES512"],
      content: ({ path }) => [path],
    }),
    ["detached JWS (ES512) in header x-jws, over `{path}`"],
  ],
  ["a token", sharedToken({ query: "token" }), ["shared token in query parameter token"]],
  ["a form field", sharedToken({ form: "token" }), ["shared token in form field token"]],
  ["HTTP Basic", basic, ["HTTP Basic"]],
  ["nothing", { kind: "none" }, ["no signature"]],
  [
    "a choice, line by line",
    choice({ schemes: { new: basic, old: sharedToken({ header: "x" }) }, choose: () => "new" }),
    ["new: HTTP Basic", "old: shared token in header x"],
  ],
])("describes %s", (_name, scheme, lines) => {
  expect(describeScheme(scheme)).toEqual(lines);
});
