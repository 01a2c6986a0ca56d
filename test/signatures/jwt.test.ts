import { createHmac, createPrivateKey, createPublicKey } from "node:crypto";
import { exportJWK, type JWTHeaderParameters, SignJWT } from "jose";
import { forgetFetchedKeys } from "../../src/signatures/fetched-keys";
import { optionallyPrefixed } from "../../src/signatures/grammar";
import { jwt } from "../../src/signatures/jwt";
import type { JwtScheme } from "../../src/signatures/scheme";
import { verifySignature } from "../../src/signatures/verify-signature";
import { type EvidenceParts, evidenceOf, NOW } from "../support/evidence";
import { createKeyPair, type KeyPair, keyPairOf, otherKeyPairOf } from "../support/key-pairs";

const SECRET = "a shared secret of the test";
const NOW_SECONDS = NOW.getTime() / 1000;
const token = { header: "authorization", grammar: optionallyPrefixed("Bearer ") } as const;
const symmetric = jwt({ token, algorithms: ["HS256"] });
const asymmetric = jwt({ token, algorithms: ["RS256"] });

const rsa = keyPairOf("rsa");
const otherRsa = otherKeyPairOf("rsa");

type Claims = Record<string, unknown>;

const times = { iat: NOW_SECONDS, exp: NOW_SECONDS + 300 };

const make = (
  key: string | KeyPair,
  claims: Claims = times,
  header: JWTHeaderParameters = { alg: typeof key === "string" ? "HS256" : "RS256" },
): Promise<string> =>
  new SignJWT(claims)
    .setProtectedHeader(header)
    .sign(typeof key === "string" ? Buffer.from(key) : createPrivateKey(key.privateKey));

/** A token put together by hand, for those that no library would make. */
const assemble = (header: object, claims: object, signature = ""): string =>
  [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"))
    .concat(signature)
    .join(".");

const judge = async (scheme: JwtScheme, text: string, parts: EvidenceParts = {}) =>
  verifySignature(
    scheme,
    evidenceOf({ secrets: [SECRET], headers: { authorization: text }, ...parts }),
  );

const reasonOf = async (
  scheme: JwtScheme,
  text: string,
  parts: EvidenceParts = {},
): Promise<string> => {
  const verdict = await judge(scheme, text, parts);
  return verdict.kind === "rejected" ? verdict.reason : verdict.kind;
};

describe("with a shared secret", () => {
  it("is verified, with or without Bearer, by the current secret or the previous", async () => {
    const text = await make(SECRET);
    const verified = { kind: "verified", sentAt: NOW };
    expect(await judge(symmetric, text)).toEqual({ ...verified, secretIndex: 0 });
    expect(await judge(symmetric, `Bearer ${text}`)).toEqual({ ...verified, secretIndex: 0 });
    expect(await judge(symmetric, text, { secrets: ["new", SECRET] })).toEqual({
      ...verified,
      secretIndex: 1,
    });
  });

  it.each(["HS384", "HS512"])("is verified with %s where the provider uses it", async (alg) => {
    const scheme = jwt({ token, algorithms: [alg] });
    const text = await make(SECRET, times, { alg });
    expect(await reasonOf(scheme, text)).toBe("verified");
    expect(await reasonOf(scheme, text, { secrets: ["other"] })).toBe("signature-mismatch");
  });

  it("is rejected with another secret", async () => {
    const text = await make("other");
    expect(await reasonOf(symmetric, text)).toBe("signature-mismatch");
    expect(await reasonOf(symmetric, text, { secrets: ["a", "b"] })).toBe("signature-mismatch");
  });

  it.each([
    ["empty", "", "signature-missing"],
    ["only Bearer", "Bearer ", "signature-missing"],
    ["no JWT", "abc", "signature-malformed"],
    ["three empty parts", "..", "signature-malformed"],
    ["no JSON", "YQ.YQ.YQ", "signature-malformed"],
    ["64 kB of dots", ".".repeat(65_536), "signature-malformed"],
    ["five parts", "a.b.c.d.e", "signature-malformed"],
  ])("is rejected when it is %s", async (_name, text, reason) => {
    expect(await reasonOf(symmetric, text)).toBe(reason);
  });

  it("has one text for each signature", async () => {
    const text = await make(SECRET);
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const last = alphabet.indexOf(text.at(-1)!);
    const sameBytes = text.slice(0, -1) + alphabet[last ^ 1];
    expect(Buffer.from(sameBytes.split(".")[2]!, "base64url")).toEqual(
      Buffer.from(text.split(".")[2]!, "base64url"),
    );
    expect(await reasonOf(symmetric, sameBytes)).toBe("signature-malformed");
    expect(await reasonOf(symmetric, `${text}=`)).toBe("signature-malformed");
  });
});

describe("the algorithm", () => {
  it.each(["none", "None", "NONE", "nOnE"])("%s is refused", async (alg) => {
    expect(await reasonOf(symmetric, assemble({ alg }, times, "AA"))).toBe("signature-mismatch");
    expect(await reasonOf(symmetric, assemble({ alg }, times))).toBe("signature-malformed");
  });

  it("HS256 is refused where the provider signs with a private key, though the public one is no secret", async () => {
    const text = await make(rsa.publicKey, times, { alg: "HS256" });
    expect(await reasonOf(asymmetric, text, { secrets: [rsa.publicKey] })).toBe(
      "signature-mismatch",
    );
    const trimmed = await make(rsa.publicKey.trim(), times, { alg: "HS256" });
    expect(await reasonOf(asymmetric, trimmed, { secrets: [rsa.publicKey] })).toBe(
      "signature-mismatch",
    );
  });

  it("is the definition's, not the token's", async () => {
    const text = await make(SECRET, times, { alg: "HS512" });
    expect(await reasonOf(symmetric, text)).toBe("signature-mismatch");
    expect(await reasonOf(symmetric, assemble({}, times, "AA"))).toBe("signature-malformed");
  });

  it.each([
    ["a critical extension that nobody knows", { alg: "HS256", crit: ["exp"], exp: 1 }],
    ["an empty list of critical extensions", { alg: "HS256", crit: [] }],
  ])("does not matter with %s", async (_name, header) => {
    expect(await reasonOf(symmetric, assemble(header, times, "AA"))).toBe("signature-malformed");
  });
});

it("is no JWT when its payload is not encoded, though the signature holds", async () => {
  const header = Buffer.from('{"alg":"HS256","b64":false,"crit":["b64"]}').toString("base64url");
  const payload = JSON.stringify(times);
  const signature = createHmac("sha256", SECRET).update(`${header}.${payload}`).digest("base64url");
  expect(await reasonOf(symmetric, `${header}.${payload}.${signature}`)).toBe(
    "signature-malformed",
  );
});

describe("the times", () => {
  it.each<[string, Claims, string]>([
    ["expired long ago", { exp: NOW_SECONDS - 61 }, "timestamp-outside-tolerance"],
    ["expired within the tolerance", { exp: NOW_SECONDS - 59 }, "verified"],
    ["not valid yet", { ...times, nbf: NOW_SECONDS + 61 }, "timestamp-outside-tolerance"],
    ["valid almost", { ...times, nbf: NOW_SECONDS + 60 }, "verified"],
    ["made in the future", { ...times, iat: NOW_SECONDS + 61 }, "timestamp-outside-tolerance"],
    ["made a little in the future", { ...times, iat: NOW_SECONDS + 60 }, "verified"],
    ["made long ago, with an end", { iat: 1, exp: NOW_SECONDS + 1 }, "verified"],
    ["made long ago, without an end", { iat: NOW_SECONDS - 61 }, "timestamp-outside-tolerance"],
    ["made just now, without an end", { iat: NOW_SECONDS - 60 }, "verified"],
    ["made never", { sub: "x" }, "timestamp-missing"],
    ["ending at no number", { exp: "soon" }, "timestamp-malformed"],
    ["made at no number", { ...times, iat: "now" }, "timestamp-malformed"],
    ["valid from no number", { ...times, nbf: null }, "timestamp-malformed"],
    ["made before all times", { ...times, iat: -1e300 }, "verified"],
  ])("%s", async (_name, claims, reason) => {
    const verdict = await judge(symmetric, await make(SECRET, claims));
    expect(verdict.kind === "rejected" ? verdict.reason : verdict.kind).toBe(reason);
    if (verdict.kind === "verified" && verdict.sentAt)
      expect(() => verdict.sentAt?.toISOString()).not.toThrow();
  });

  it("follow the builder's tolerance, else the provider's", async () => {
    const text = await make(SECRET, { exp: NOW_SECONDS - 100 });
    const patient = jwt({ token, algorithms: ["HS256"], toleranceSeconds: 120 });
    expect(await reasonOf(patient, text)).toBe("verified");
    expect(await reasonOf(patient, text, { toleranceSeconds: 30 })).toBe(
      "timestamp-outside-tolerance",
    );
    expect(await reasonOf(symmetric, text, { toleranceSeconds: 120 })).toBe("verified");
  });
});

it("checks the claims after the signature, and says what is wrong with them", async () => {
  const claims = jest.fn(({ aud }: Record<string, unknown>) =>
    aud === "us" ? undefined : "Not for us.",
  );
  const scheme = jwt({ token, algorithms: ["HS256"], claims });
  expect(await reasonOf(scheme, await make("other", times))).toBe("signature-mismatch");
  expect(claims).not.toHaveBeenCalled();
  expect(await judge(scheme, await make(SECRET, times))).toEqual({
    kind: "rejected",
    reason: "claim-mismatch",
    detail: "Not for us.",
  });
  expect(await reasonOf(scheme, await make(SECRET, { ...times, aud: "us" }))).toBe("verified");
});

describe("with a public key", () => {
  it("is verified by the key given as PEM", async () => {
    const text = await make(rsa);
    expect(await reasonOf(asymmetric, text, { secrets: [otherRsa.publicKey, rsa.publicKey] })).toBe(
      "verified",
    );
    expect(await reasonOf(asymmetric, text, { secrets: [otherRsa.publicKey] })).toBe(
      "signature-mismatch",
    );
  });

  it.each([
    "not a key",
    "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
    "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
    "{",
    '{"keys":1}',
    keyPairOf("P-256").publicKey,
  ])("says that %j is not the form of a key", async (secret) => {
    expect(await reasonOf(asymmetric, await make(rsa), { secrets: [secret] })).toBe(
      "secret-missing",
    );
  });

  it("is verified with whichever of two allowed algorithms it was signed", async () => {
    const scheme = jwt({ token, algorithms: ["RS256", "RS512"] });
    for (const alg of ["RS256", "RS512"])
      expect(
        await reasonOf(scheme, await make(rsa, times, { alg }), { secrets: [rsa.publicKey] }),
      ).toBe("verified");
  });
});

describe("with a set of keys that the provider serves", () => {
  const address = "https://keys.example.com/jwks";
  const scheme = jwt({
    token,
    algorithms: ["RS256"],
    source: {
      url: () => address,
      isPinned: ({ href }) => href === address,
      host: "keys.example.com",
    },
  });

  const jwksOf = async (...keys: readonly (readonly [string, KeyPair])[]): Promise<string> =>
    JSON.stringify({
      keys: await Promise.all(
        keys.map(async ([kid, { publicKey }]) => ({
          ...(await exportJWK(createPublicKey(publicKey))),
          kid,
          alg: "RS256",
        })),
      ),
    });

  const fetched = (fetchKey: () => Promise<string>, now = NOW): EvidenceParts => ({
    secrets: [],
    fetchKey,
    now,
  });

  beforeEach(forgetFetchedKeys);

  it("is verified by the key that it names, and no secret gets the credit", async () => {
    const jwks = await jwksOf(["old", otherRsa], ["new", rsa]);
    const text = await make(rsa, times, { alg: "RS256", kid: "new" });
    expect(
      await judge(
        scheme,
        text,
        fetched(async () => jwks),
      ),
    ).toMatchObject({
      kind: "verified",
      secretIndex: null,
    });
    const misnamed = await make(rsa, times, { alg: "RS256", kid: "old" });
    expect(
      await reasonOf(
        scheme,
        misnamed,
        fetched(async () => jwks),
      ),
    ).toBe("signature-mismatch");
  });

  it("is verified by any key when it names none", async () => {
    const jwks = await jwksOf(["old", otherRsa], ["new", rsa]);
    expect(
      await reasonOf(
        scheme,
        await make(rsa),
        fetched(async () => jwks),
      ),
    ).toBe("verified");
    const stranger = await make(createKeyPair("rsa"));
    expect(
      await reasonOf(
        scheme,
        stranger,
        fetched(async () => jwks),
      ),
    ).toBe("signature-mismatch");
  });

  it("is rejected when it names a key that is not there, however often it is sent", async () => {
    const jwks = await jwksOf(["new", rsa]);
    const fetchKey = jest.fn(async () => jwks);
    const text = await make(rsa, times, { alg: "RS256", kid: "unknown" });
    for (let sent = 0; sent < 5; sent += 1)
      expect(await reasonOf(scheme, text, fetched(fetchKey))).toBe("signature-mismatch");
    expect(fetchKey).toHaveBeenCalledTimes(1);
  });

  it("is verified by a new key as soon as the kept set is a minute old", async () => {
    const before = await jwksOf(["old", otherRsa]);
    const after = await jwksOf(["old", otherRsa], ["new", rsa]);
    const later = new Date(NOW.getTime() + 60_000);
    const text = await make(rsa, times, { alg: "RS256", kid: "new" });
    expect(
      await reasonOf(
        scheme,
        text,
        fetched(async () => before),
      ),
    ).toBe("signature-mismatch");
    expect(
      await reasonOf(
        scheme,
        text,
        fetched(async () => after),
      ),
    ).toBe("signature-mismatch");
    expect(
      await reasonOf(
        scheme,
        text,
        fetched(async () => after, later),
      ),
    ).toBe("verified");
  });

  it.each(["<html>", "{}", '{"keys":{}}', "null", ""])(
    "is not when %j is served",
    async (served) => {
      expect(
        await reasonOf(
          scheme,
          await make(rsa),
          fetched(async () => served),
        ),
      ).toBe("key-unavailable");
    },
  );

  it("is not when nothing is served", async () => {
    const down = () => Promise.reject(new Error("down"));
    expect(await reasonOf(scheme, await make(rsa), fetched(down))).toBe("key-unavailable");
  });

  it("is verified by a key set given as the secret, without fetching", async () => {
    const fetchKey = jest.fn(async () => "");
    const secrets = [await jwksOf(["new", rsa])];
    const text = await make(rsa, times, { alg: "RS256", kid: "new" });
    expect(await reasonOf(scheme, text, { secrets, fetchKey })).toBe("verified");
    expect(fetchKey).not.toHaveBeenCalled();
  });
});
