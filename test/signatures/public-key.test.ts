import { createPrivateKey, createPublicKey, sign as signBytes } from "node:crypto";
import { forgetFetchedKeys } from "../../src/signatures/fetched-keys";
import { publicKey } from "../../src/signatures/public-key";
import { ed25519Key, pemKey, spkiKey } from "../../src/signatures/public-keys";
import type { PublicKeyScheme } from "../../src/signatures/scheme";
import { verifySignature } from "../../src/signatures/verify-signature";
import { type EvidenceParts, evidenceOf, NOW } from "../support/evidence";
import { keyPairOf, keyTypeOf, otherKeyPairOf } from "../support/key-pairs";

const BODY = '{"name":"Zoë"}';

const schemeOf = (
  algorithm: PublicKeyScheme["algorithm"],
  more: Partial<PublicKeyScheme> = {},
): PublicKeyScheme =>
  publicKey({
    algorithm,
    hash: "sha256",
    encoding: "base64",
    signature: { header: "x-signature" },
    content: ({ body }) => [body],
    key: pemKey,
    ...more,
  });

const signed = (
  algorithm: PublicKeyScheme["algorithm"],
  encoding: BufferEncoding = "base64",
): Readonly<Record<string, string>> => {
  const key = createPrivateKey(keyPairOf(keyTypeOf(algorithm)).privateKey);
  const hash = algorithm === "ed25519" ? null : "sha256";
  return { "x-signature": signBytes(hash, Buffer.from(BODY), key).toString(encoding) };
};

const reasonOf = async (scheme: PublicKeyScheme, parts: EvidenceParts): Promise<string> => {
  const verdict = await verifySignature(scheme, evidenceOf({ body: BODY, ...parts }));
  return verdict.kind === "rejected" ? verdict.reason : verdict.kind;
};

const algorithms = ["ed25519", "ecdsa", "rsa"] as const;

describe.each(algorithms)("%s", (algorithm) => {
  const { publicKey: right } = keyPairOf(keyTypeOf(algorithm));
  const { publicKey: wrong } = otherKeyPairOf(keyTypeOf(algorithm));
  const headers = signed(algorithm);

  it("verifies with the public key as PEM, current or previous", async () => {
    const scheme = schemeOf(algorithm);
    expect(await reasonOf(scheme, { headers, secrets: [right] })).toBe("verified");
    expect(await reasonOf(scheme, { headers, secrets: [wrong, right] })).toBe("verified");
    expect(await reasonOf(scheme, { headers, secrets: [`\n${right}  `] })).toBe("verified");
  });

  it("rejects another key, another body and a damaged signature", async () => {
    const scheme = schemeOf(algorithm);
    expect(await reasonOf(scheme, { headers, secrets: [wrong] })).toBe("signature-mismatch");
    expect(await reasonOf(scheme, { headers, secrets: [right], body: "other" })).toBe(
      "signature-mismatch",
    );
    const cut = {
      "x-signature": Buffer.from(headers["x-signature"]!, "base64").subarray(4).toString("base64"),
    };
    expect(await reasonOf(scheme, { headers: cut, secrets: [right] })).toBe("signature-mismatch");
  });

  it("takes a key of another kind for no key", async () => {
    const other = algorithms[(algorithms.indexOf(algorithm) + 1) % 3]!;
    const { publicKey: foreign } = keyPairOf(keyTypeOf(other));
    expect(
      await reasonOf(schemeOf(algorithm), { headers: signed(other), secrets: [foreign] }),
    ).toBe("secret-missing");
  });

  it.each(["text", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "null"])(
    "takes %j for no key",
    async (secret) => {
      expect(await reasonOf(schemeOf(algorithm), { headers, secrets: [secret] })).toBe(
        "secret-missing",
      );
    },
  );
});

describe("the forms of a key", () => {
  const der = (algorithm: "ed25519" | "ecdsa") =>
    createPublicKey(keyPairOf(keyTypeOf(algorithm)).publicKey).export({
      format: "der",
      type: "spki",
    });
  const raw = der("ed25519").subarray(-32);

  it("are base64 between the lines of a PEM, as SendGrid prints it", async () => {
    const scheme = schemeOf("ecdsa", { key: spkiKey });
    const secrets = [der("ecdsa").toString("base64")];
    expect(await reasonOf(scheme, { headers: signed("ecdsa"), secrets })).toBe("verified");
  });

  it.each([
    ["hexadecimal", ed25519Key("hex"), raw.toString("hex")],
    ["base64", ed25519Key("base64"), raw.toString("base64")],
    ["base64 after a prefix", ed25519Key("base64", "whpk_"), `whpk_${raw.toString("base64")}`],
    ["base64 without its prefix", ed25519Key("base64", "whpk_"), raw.toString("base64")],
    ["PEM", ed25519Key("hex"), keyPairOf("ed25519").publicKey],
  ])("are the 32 bytes of an Ed25519 key, as %s", async (_name, key, secret) => {
    const scheme = schemeOf("ed25519", { key });
    const headers = signed("ed25519");
    expect(await reasonOf(scheme, { headers, secrets: [secret] })).toBe("verified");
    expect(await reasonOf(scheme, { headers, secrets: [secret.slice(0, -4)] })).toBe(
      "secret-missing",
    );
  });

  it("are told apart by their reader, though their texts are the same", async () => {
    const secrets = [raw.toString("hex")];
    const headers = signed("ed25519");
    const unable = schemeOf("ed25519", { key: pemKey });
    const able = schemeOf("ed25519", { key: ed25519Key("hex") });
    expect(await reasonOf(unable, { headers, secrets })).toBe("secret-missing");
    expect(await reasonOf(able, { headers, secrets })).toBe("verified");
  });
});

describe("a key that has to be fetched", () => {
  beforeEach(forgetFetchedKeys);

  const { publicKey: right } = keyPairOf("rsa");
  const { publicKey: wrong } = otherKeyPairOf("rsa");
  const headers = signed("rsa");
  const scheme = schemeOf("rsa", {
    source: {
      url: () => "https://keys.example.com/key.pem",
      isPinned: ({ hostname }) => hostname === "keys.example.com",
      host: "keys.example.com",
    },
  });

  it("verifies without a secret, and no secret gets the credit", async () => {
    const evidence = evidenceOf({ body: BODY, headers, fetchKey: async () => right });
    expect(await verifySignature(scheme, evidence)).toMatchObject({
      kind: "verified",
      secretIndex: null,
    });
  });

  it("is not fetched when a key is given, right or wrong", async () => {
    const fetchKey = jest.fn(async () => right);
    expect(await reasonOf(scheme, { headers, secrets: [right], fetchKey })).toBe("verified");
    expect(await reasonOf(scheme, { headers, secrets: [wrong], fetchKey })).toBe(
      "signature-mismatch",
    );
    expect(fetchKey).not.toHaveBeenCalled();
  });

  it("is not fetched for a delivery that carries no signature", async () => {
    const fetchKey = jest.fn(async () => right);
    expect(await reasonOf(scheme, { headers: {}, fetchKey })).toBe("signature-missing");
    expect(fetchKey).not.toHaveBeenCalled();
  });

  it("is unavailable when what is served is none", async () => {
    expect(await reasonOf(scheme, { headers, fetchKey: async () => "<html>" })).toBe(
      "key-unavailable",
    );
  });

  it("is asked for again a minute after something else was served", async () => {
    const fetchKey = jest.fn(async () => right).mockResolvedValueOnce("<html>");
    const at = (seconds: number) => ({ now: new Date(NOW.getTime() + seconds * 1000), fetchKey });
    expect(await reasonOf(scheme, { headers, ...at(0) })).toBe("key-unavailable");
    expect(await reasonOf(scheme, { headers, ...at(59) })).toBe("key-unavailable");
    expect(fetchKey).toHaveBeenCalledTimes(1);
    expect(await reasonOf(scheme, { headers, ...at(61) })).toBe("verified");
  });

  it("does not verify what another key signed", async () => {
    expect(await reasonOf(scheme, { headers, fetchKey: async () => wrong })).toBe(
      "signature-mismatch",
    );
  });
});

it("checks what else must hold only for what is verified", async () => {
  const claims = jest.fn(() => "The topic is another one.");
  const scheme = schemeOf("ed25519", { claims });
  const { publicKey: right } = keyPairOf("ed25519");
  const { publicKey: wrong } = otherKeyPairOf("ed25519");
  const headers = signed("ed25519");
  expect(await reasonOf(scheme, { headers, secrets: [wrong] })).toBe("signature-mismatch");
  expect(claims).not.toHaveBeenCalled();
  expect(await reasonOf(scheme, { headers, secrets: [right] })).toBe("claim-mismatch");
});

it("is not fooled by an ECDSA signature of another encoding", async () => {
  const key = createPrivateKey(keyPairOf("P-256").privateKey);
  const ieee = signBytes("sha256", Buffer.from(BODY), { key, dsaEncoding: "ieee-p1363" });
  const headers = { "x-signature": ieee.toString("base64") };
  const secrets = [keyPairOf("P-256").publicKey];
  expect(await reasonOf(schemeOf("ecdsa"), { headers, secrets })).toBe("signature-mismatch");
});
