import fc from "fast-check";
import { hmac } from "../../src/signatures/mac";
import { macOfText } from "../../src/signatures/mac-of-text";
import { base64Key, hexKey, sha1Key } from "../../src/signatures/secret-keys";
import { sharedToken } from "../../src/signatures/shared-token";
import { standardWebhooks } from "../../src/signatures/standard-webhooks";

const bytes = fc.uint8Array({ minLength: 1, maxLength: 64 }).map((array) => Buffer.from(array));

it("reads a base64 secret after its prefix, padded or not", () => {
  const read = base64Key("v1,whsec_", "whsec_");
  fc.assert(
    fc.property(bytes, fc.constantFrom("", "whsec_", "v1,whsec_"), (key, prefix) => {
      const text = prefix + key.toString("base64");
      for (const secret of [text, text.replace(/=+$/, ""), ` ${text} `.slice(prefix ? 1 : 0)])
        expect(Buffer.from(read(secret)!).equals(key)).toBe(true);
    }),
  );
});

it.each(["whsec_~", "whsec_a b", "pässword", "whsec_ab=c"])("refuses %j as base64", (secret) => {
  expect(base64Key("whsec_")(secret)).toBeUndefined();
});

it("reads a hexadecimal secret in either case", () => {
  fc.assert(
    fc.property(bytes, (key) => {
      for (const secret of [key.toString("hex"), key.toString("hex").toUpperCase()])
        expect(Buffer.from(hexKey(` ${secret}\n`)!).equals(key)).toBe(true);
    }),
  );
  for (const secret of ["abc", "zz", "", "0x00"]) expect(hexKey(secret)).toBeUndefined();
});

it("hashes a secret whose SHA-1 is the key", () => {
  expect(Buffer.from(sha1Key("abc")).toString("hex")).toBe(
    "a9993e364706816aba3e25717850c26c9cd0d89d",
  );
});

describe("the MAC of a text", () => {
  const scheme = hmac({
    hash: "sha256",
    encoding: "hex",
    signature: { header: "x-signature" },
    content: ({ body }) => [body],
  });
  // RFC 4231, test case 2
  const mac = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

  it("is made with the newest usable secret", () => {
    expect(macOfText(scheme, ["Jefe"], "what do ya want for nothing?")).toBe(mac);
    expect(macOfText(scheme, ["", "null", "Jefe", "x"], "what do ya want for nothing?")).toBe(mac);
  });

  it("is made with the scheme among several that has one", () => {
    expect(macOfText(standardWebhooks(), ["whsec_SmVmZQ=="], "what do ya want for nothing?")).toBe(
      Buffer.from(mac, "hex").toString("base64"),
    );
  });

  it("is nothing without a usable secret, or where deliveries carry none", () => {
    for (const secrets of [[], [""], ["undefined"]])
      expect(macOfText(scheme, secrets, "text")).toBeUndefined();
    expect(macOfText(sharedToken({ header: "x" }), ["secret"], "text")).toBeUndefined();
    expect(macOfText({ ...scheme, key: hexKey }, ["not hex"], "text")).toBeUndefined();
  });
});
