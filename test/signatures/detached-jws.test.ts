import { createPrivateKey } from "node:crypto";
import { FlattenedSign } from "jose";
import { detachedJws } from "../../src/signatures/detached-jws";
import { verifySignature } from "../../src/signatures/verify-signature";
import { type EvidenceParts, evidenceOf } from "../support/evidence";
import { keyPairOf, otherKeyPairOf } from "../support/key-pairs";

const { publicKey, privateKey } = keyPairOf("P-521");
const BODY = '{"name":"Zoë"}';

const scheme = detachedJws({
  token: { header: "x-jws" },
  algorithms: ["ES512"],
  content: ({ method, path, header, body }) => [
    method,
    " ",
    path,
    "\n",
    header("x-id"),
    "\n",
    body,
  ],
});

const tokenOver = async (content: string, header: { alg: string } = { alg: "ES512" }) => {
  const key = header.alg === "HS256" ? Buffer.from(publicKey) : createPrivateKey(privateKey);
  const jws = await new FlattenedSign(Buffer.from(content)).setProtectedHeader(header).sign(key);
  return { detached: `${jws.protected}..${jws.signature}`, ...jws };
};

const signed = `POST /trigger/SW5z?x=1&y=two\nid-1\n${BODY}`;

const reasonOf = async (token: string, parts: EvidenceParts = {}): Promise<string> => {
  const verdict = await verifySignature(
    scheme,
    evidenceOf({
      secrets: [publicKey],
      body: BODY,
      headers: { "x-jws": token, "x-id": "id-1" },
      ...parts,
    }),
  );
  return verdict.kind === "rejected" ? verdict.reason : verdict.kind;
};

it("verifies the content that the token does not hold", async () => {
  const { detached } = await tokenOver(signed);
  expect(await reasonOf(detached)).toBe("verified");
  const { publicKey: other } = otherKeyPairOf("P-521");
  expect(await reasonOf(detached, { secrets: [other, publicKey] })).toBe("verified");
  expect(await reasonOf(detached, { secrets: [other] })).toBe("signature-mismatch");
});

it.each<[string, EvidenceParts]>([
  ["body", { body: `${BODY} ` }],
  ["method", { method: "PUT" }],
  ["path", { url: "https://hooks.example.com/trigger/other?x=1&y=two" }],
  ["query", { url: "https://hooks.example.com/trigger/SW5z?y=two&x=1" }],
])("rejects another %s", async (_name, parts) => {
  const { detached } = await tokenOver(signed);
  expect(await reasonOf(detached, parts)).toBe("signature-mismatch");
});

it("does not care for the host, which is not signed", async () => {
  const { detached } = await tokenOver(signed);
  expect(await reasonOf(detached, { url: "http://localhost:8400/trigger/SW5z?x=1&y=two" })).toBe(
    "verified",
  );
});

it("misses a header that is signed", async () => {
  const { detached } = await tokenOver(signed);
  expect(await reasonOf(detached, { headers: { "x-jws": detached } })).toBe("signature-missing");
});

it("is malformed when it is attached, cut, padded or none", async () => {
  const { detached, protected: header, payload, signature } = await tokenOver(signed);
  const others = [
    `${header}.${payload}.${signature}`,
    `..${signature}`,
    `${header}..`,
    "x",
    `${detached}=`,
  ];
  for (const token of others) expect(await reasonOf(token)).toBe("signature-malformed");
  expect(await reasonOf("")).toBe("signature-missing");
  expect(await reasonOf(detached, { headers: { "x-id": "id-1" } })).toBe("signature-missing");
});

it("refuses another algorithm, the public key as a secret included", async () => {
  const { detached } = await tokenOver(signed, { alg: "HS256" });
  expect(await reasonOf(detached)).toBe("signature-mismatch");
  const none = `${Buffer.from('{"alg":"none"}').toString("base64url")}..AA`;
  expect(await reasonOf(none)).toBe("signature-mismatch");
});
