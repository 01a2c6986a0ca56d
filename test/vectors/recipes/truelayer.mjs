import crypto from "node:crypto";
import { readFileSync } from "node:fs";
import tlSigning from "truelayer-signing";
import { nonAscii, now, plain, spaced } from "../bodies.mjs";

const readKey = (name) => readFileSync(new URL(`../keys/${name}`, import.meta.url), "utf8");
const kid = "45fc75cf-5649-4134-84b3-192c2c78e990";
const jku = "https://webhooks.truelayer.com/.well-known/jwks";
const host = "https://hooks.example.com";

const privateKeyPem = readKey("truelayer.pem");
const publicKey = crypto.createPublicKey(privateKeyPem);
const secret = publicKey.export({ type: "spki", format: "pem" });
const toKeySet = (key) =>
  JSON.stringify({ keys: [{ ...key.export({ format: "jwk" }), kid, alg: "ES512", use: "sig" }] });

const signedHeaders = { "X-Tl-Webhook-Timestamp": now };

const sign = (path, body) =>
  tlSigning.sign({ kid, privateKeyPem, method: "POST", path, headers: signedHeaders, body });

/** The SDK signs requests to TrueLayer; webhooks name the address of their keys as well. */
const signAsWebhook = (path, body) => {
  const header = { alg: "ES512", kid, tl_version: "2", tl_headers: "X-Tl-Webhook-Timestamp", jku };
  const encoded = Buffer.from(JSON.stringify(header)).toString("base64url");
  const content = `POST ${path}\nX-Tl-Webhook-Timestamp: ${now}\n${body}`;
  const signed = Buffer.from(`${encoded}.${Buffer.from(content).toString("base64url")}`);
  const key = { key: privateKeyPem, dsaEncoding: "ieee-p1363" };
  return `${encoded}..${crypto.sign("sha512", signed, key).toString("base64url")}`;
};

const toDelivery = (name, path, body, given) => ({
  name,
  now,
  ...given.fields,
  request: {
    url: host + path,
    headers: {
      "Content-Type": "application/json",
      "Tl-Signature": given.sign(path, body),
      ...signedHeaders,
    },
    body,
  },
});

const fetched = {
  sign: signAsWebhook,
  fields: {
    source: "accepted by",
    keys: { [jku]: toKeySet(publicKey) },
    refusals: ["body", "key", "url"],
  },
};
const pinned = {
  sign,
  fields: { source: "made by", secret, refusals: ["body", "secret", "url"] },
};

const accepts = ({ secret: publicKeyPem, keys, method, url, headers, body }) => {
  const { pathname, search } = new URL(url);
  const signature = headers["tl-signature"];
  const key = keys ? { jwks: keys[tlSigning.extractJku(signature)] } : { publicKeyPem };
  tlSigning.verify({
    ...key,
    signature,
    method,
    path: pathname + search,
    headers,
    body: body.toString(),
  });
  return true;
};

export const recipe = {
  provider: "truelayer",
  sdk: "truelayer-signing",
  hasRandomSignatures: true,
  otherSecret: readKey("truelayer-other.pub.pem"),
  otherKey: toKeySet(crypto.createPublicKey(readKey("truelayer-other.pub.pem"))),
  accepts,
  deliveries: () => [
    toDelivery("JSON body, key fetched", "/truelayer?a=1", plain, fetched),
    toDelivery("non-ASCII body, key fetched", "/truelayer?a=1", nonAscii, fetched),
    toDelivery("body with CRLF and spaces, key fetched", "/truelayer?a=1", spaced, fetched),
    toDelivery("JSON body, key given", "/truelayer?a=1", plain, pinned),
    toDelivery("escaped path, key given", "/tl%2fhook/x?z=1&a=%20b&z=2", nonAscii, pinned),
  ],
};
