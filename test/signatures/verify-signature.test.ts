import { createHash, createHmac } from "node:crypto";
import { HooklineError } from "../../src/errors";
import { numberedHeaders } from "../../src/signatures/carrier";
import { choice } from "../../src/signatures/choice";
import { list, pairs, prefixed, versions } from "../../src/signatures/grammar";
import { hmac, keyedHash } from "../../src/signatures/mac";
import type { SignatureScheme } from "../../src/signatures/scheme";
import { hexKey } from "../../src/signatures/secret-keys";
import { sharedToken } from "../../src/signatures/shared-token";
import type { Verdict } from "../../src/signatures/verdict";
import { verifySignature } from "../../src/signatures/verify-signature";
import { type EvidenceParts, evidenceOf, NOW, NOW_SECONDS } from "../support/evidence";

const BODY = '{"name":"Zoë"}';
const macOf = (secret: string, text: string | Buffer = BODY) =>
  createHmac("sha256", secret).update(text).digest("hex");

const header = { header: "x-signature" } as const;
const plainBody = hmac({
  hash: "sha256",
  encoding: "hex",
  signature: header,
  content: ({ body }) => [body],
});

const verify = (scheme: SignatureScheme, parts: EvidenceParts): Verdict => {
  const verdict = verifySignature(scheme, evidenceOf({ body: BODY, ...parts }));
  if (verdict instanceof Promise) throw new Error("A MAC is verified at once.");
  return verdict;
};

const reasonOf = (verdict: Verdict): string =>
  verdict.kind === "rejected" ? verdict.reason : verdict.kind;

describe("several secrets and several signatures", () => {
  const rotating = hmac({
    hash: "sha256",
    encoding: "hex",
    signature: { header: "x-signature", grammar: pairs("v1") },
    content: ({ body }) => [body],
  });
  const signedWith = (...secrets: readonly string[]) => ({
    "x-signature": secrets.map((secret) => `v1=${macOf(secret)}`).join(","),
  });

  it.each([
    [["new"], ["new"], 0],
    [["new", "old"], ["old"], 1],
    [["new"], ["old", "new"], 0],
    [["new", "old"], ["old", "new"], 0],
    [["new", "old"], ["older", "old"], 1],
  ] as const)("secrets %j accept what %j signed", (secrets, signers, secretIndex) => {
    expect(verify(rotating, { secrets, headers: signedWith(...signers) })).toMatchObject({
      kind: "verified",
      secretIndex,
    });
  });

  it("mismatch when nobody that is known signed", () => {
    const verdict = verify(rotating, { secrets: ["a", "b"], headers: signedWith("c", "d") });
    expect(reasonOf(verdict)).toBe("signature-mismatch");
  });

  it("pass over a malformed signature beside a good one", () => {
    const headers = { "x-signature": `v1=zz,v1=${macOf("a").slice(1)},v1=${macOf("a")}` };
    expect(reasonOf(verify(rotating, { secrets: ["a"], headers }))).toBe("verified");
  });

  it("stop at a hundred signatures", () => {
    const many = (count: number) => ({
      "x-signature": [...Array.from({ length: count - 1 }, () => macOf("x")), macOf("a")]
        .map((mac) => `v1=${mac}`)
        .join(","),
    });
    expect(reasonOf(verify(rotating, { secrets: ["a"], headers: many(100) }))).toBe("verified");
    expect(reasonOf(verify(rotating, { secrets: ["a"], headers: many(101) }))).toBe(
      "signature-malformed",
    );
  });

  it("are found in numbered headers, whichever of them are there", () => {
    const scheme = hmac({ ...plainBody, signature: numberedHeaders("x-signature-", 100) });
    const headers = { "X-Signature-1": macOf("x"), "X-Signature-77": macOf("a") };
    expect(reasonOf(verify(scheme, { secrets: ["a"], headers }))).toBe("verified");
    expect(reasonOf(verify(scheme, { secrets: ["a"], headers: {} }))).toBe("signature-missing");
  });
});

describe("the signature itself", () => {
  const good = macOf("a");

  it.each([
    ["absent", {}, "signature-missing"],
    ["empty", { "x-signature": "" }, "signature-malformed"],
    ["no hexadecimal", { "x-signature": "z".repeat(64) }, "signature-malformed"],
    ["too short", { "x-signature": good.slice(2) }, "signature-malformed"],
    ["too long", { "x-signature": `${good}00` }, "signature-malformed"],
    ["of another hash", { "x-signature": good.slice(0, 40) }, "signature-malformed"],
    ["sent twice", { "x-signature": `${good}, ${good}` }, "signature-malformed"],
    ["64 kB long", { "x-signature": "a".repeat(65_536) }, "signature-malformed"],
    ["in upper case", { "x-signature": good.toUpperCase() }, "verified"],
    ["of another body", { "x-signature": macOf("a", "other") }, "signature-mismatch"],
  ] as const)("that is %s", (_name, headers, reason) => {
    expect(reasonOf(verify(plainBody, { secrets: ["a"], headers }))).toBe(reason);
  });

  it("is malformed when its header has another shape", () => {
    const scheme = hmac({ ...plainBody, signature: { ...header, grammar: prefixed("sha256=") } });
    const verdict = verify(scheme, { secrets: ["a"], headers: { "x-signature": good } });
    expect(verdict).toMatchObject({
      reason: "signature-malformed",
      detail: expect.stringContaining("sha256=<value>"),
    });
  });

  it("never appears in what is said about it, nor does the secret or the body", () => {
    const secrets = ["a very secret secret"];
    const attempts: readonly EvidenceParts[] = [
      { secrets, headers: { "x-signature": macOf("b") } },
      { secrets, headers: { "x-signature": "not-a-signature-at-all" } },
      { secrets, headers: {} },
    ];
    const details = attempts.map((parts) => JSON.stringify(verify(plainBody, parts))).join();
    for (const text of [macOf("b"), "not-a-signature-at-all", secrets[0]!, "Zoë"])
      expect(details).not.toContain(text);
  });
});

describe("what is signed", () => {
  it("may be one of several alternatives", () => {
    const scheme = hmac({
      ...plainBody,
      content: [({ body }) => [body], ({ body, url }) => [url, body]],
    });
    const { request } = evidenceOf({});
    for (const text of [BODY, request.url + BODY]) {
      const headers = { "x-signature": macOf("a", text) };
      expect(reasonOf(verify(scheme, { secrets: ["a"], headers }))).toBe("verified");
    }
    const headers = { "x-signature": macOf("a", BODY + request.url) };
    expect(reasonOf(verify(scheme, { secrets: ["a"], headers }))).toBe("signature-mismatch");
  });

  it("is missing when a piece of it is not there, and says which", () => {
    const scheme = hmac({
      ...plainBody,
      content: ({ header: read, body }) => [read("x-id"), ".", body],
    });
    const headers = { "x-signature": macOf("a", `undefined.${BODY}`) };
    expect(verify(scheme, { secrets: ["a"], headers })).toMatchObject({
      reason: "signature-missing",
      detail: expect.stringContaining("{header:x-id}"),
    });
  });

  it("keeps bytes that are no text", () => {
    const body = Buffer.from([0xff, 0x00, 0xfe, 0x0d, 0x0a]);
    const headers = { "x-signature": macOf("a", body) };
    expect(reasonOf(verify(plainBody, { secrets: ["a"], headers, body }))).toBe("verified");
  });

  it("tells that the bytes were lost, once nothing matches", () => {
    const headers = { "x-signature": macOf("b") };
    const evidence = evidenceOf({ body: BODY, secrets: ["a"], headers });
    const parsed = { ...evidence, request: { ...evidence.request, bodyIsExact: false } };
    expect(verifySignature(plainBody, parsed)).toMatchObject({
      reason: "signature-mismatch",
      detail: expect.stringContaining("parsed body instead of the bytes"),
    });
    expect(verify(plainBody, { secrets: ["a"], headers, body: "Zo\ufffd" })).toMatchObject({
      detail: expect.stringContaining("U+FFFD"),
    });
  });

  it("holds the secret where the hash is not keyed otherwise", () => {
    const scheme = keyedHash({
      hash: "sha256",
      encoding: "hex",
      signature: header,
      content: ({ secret, body }) => [secret, body],
    });
    const headers = {
      "x-signature": createHash("sha256").update(`old${BODY}`).digest("hex"),
    };
    expect(verify(scheme, { secrets: ["new", "old"], headers })).toMatchObject({ secretIndex: 1 });
    expect(reasonOf(verify(scheme, { secrets: ["new"], headers }))).toBe("signature-mismatch");
  });
});

describe("a signed time", () => {
  const timed = hmac({
    ...plainBody,
    timestamp: { header: "x-time", unit: "seconds" },
    content: ({ timestamp, body }) => [timestamp, ".", body],
  });
  const headers = {
    "x-time": NOW_SECONDS,
    "x-signature": macOf("a", `${NOW_SECONDS}.${BODY}`),
  };

  it("comes back with the verdict", () => {
    expect(verify(timed, { secrets: ["a"], headers })).toEqual({
      kind: "verified",
      secretIndex: 0,
      sentAt: NOW,
    });
  });

  it("cannot be moved into the window", () => {
    const now = new Date(NOW.getTime() + 400_000);
    const later = String(now.getTime() / 1000);
    expect(reasonOf(verify(timed, { secrets: ["a"], headers, now }))).toBe(
      "timestamp-outside-tolerance",
    );
    const moved = { ...headers, "x-time": later };
    expect(reasonOf(verify(timed, { secrets: ["a"], headers: moved, now }))).toBe(
      "signature-mismatch",
    );
  });

  it("inside the body is looked at only after the body has been verified", () => {
    const scheme = hmac({ ...plainBody, timestamp: { json: "at", unit: "seconds" } });
    const send = (body: string, secret: string) =>
      reasonOf(
        verify(scheme, { body, secrets: ["a"], headers: { "x-signature": macOf(secret, body) } }),
      );
    expect(send(`{"at":${NOW_SECONDS}}`, "a")).toBe("verified");
    expect(send('{"at":1}', "b")).toBe("signature-mismatch");
    expect(send('{"at":1}', "a")).toBe("timestamp-outside-tolerance");
    expect(send("{}", "a")).toBe("timestamp-missing");
    expect(send("not json", "a")).toBe("timestamp-missing");
  });
});

describe("a batch whose entries are signed one by one", () => {
  const scheme = hmac({
    ...plainBody,
    each: "items.*",
    signature: { json: "mac" },
    content: ({ json }) => [json("id")],
  });
  const item = (id: string, secret = "a") => ({ id, mac: macOf(secret, id) });
  const send = (items: unknown, secrets: readonly string[] = ["a"]) =>
    reasonOf(verify(scheme, { secrets, body: JSON.stringify({ items }) }));

  it("is verified when every entry is", () => {
    expect(send([item("1"), item("2")])).toBe("verified");
    expect(send([item("1", "old"), item("2")], ["a", "old"])).toBe("verified");
  });

  it.each([
    ["no entry", []],
    ["no list", { 0: item("1") }],
    ["a forged entry", [item("1"), item("2", "b")]],
    ["an entry with another's signature", [item("1"), { ...item("1"), id: "2" }]],
    ["an entry without a signature", [item("1"), { id: "2" }]],
    ["an entry that is nothing", [item("1"), null]],
    ["an entry that is a number", [item("1"), 2]],
  ])("is rejected with %s", (_name, items) => {
    expect(send(items)).toMatch(/^signature-(missing|mismatch|malformed)$/);
  });
});

describe("a choice of schemes", () => {
  const scheme = choice({
    schemes: { signed: plainBody, token: sharedToken({ header: "x-token" }) },
    choose: ({ options, request }) =>
      options.scheme ?? (request.headers.has("x-token") ? "token" : "signed"),
  });

  it("verifies by the one that is chosen, and by no other", () => {
    const signed = { "x-signature": macOf("a") };
    expect(reasonOf(verify(scheme, { secrets: ["a"], headers: signed }))).toBe("verified");
    expect(reasonOf(verify(scheme, { secrets: ["a"], headers: { "x-token": "a" } }))).toBe(
      "verified",
    );
    const both = { ...signed, "x-token": "wrong" };
    expect(reasonOf(verify(scheme, { secrets: ["a"], headers: both }))).toBe("signature-mismatch");
  });

  it.each(["other", "__proto__", "constructor", "toString"])(
    "refuses the name %s, which a person must mend",
    (name) => {
      const attempt = () => verify(scheme, { secrets: ["a"], options: { scheme: name } });
      expect(attempt).toThrow(HooklineError);
      expect(attempt).toThrow("choose one of signed, token");
    },
  );
});

describe("no secret", () => {
  it.each([
    ["a MAC", plainBody],
    ["a token", sharedToken({ header: "x-token" })],
    ["HTTP Basic", { kind: "basic" }],
  ] as const)(
    "is the first thing that is said about %s, whatever else is wrong",
    (_name, scheme) => {
      expect(reasonOf(verify(scheme, { headers: {} }))).toBe("secret-missing");
      expect(reasonOf(verify(scheme, { headers: {}, secrets: ["", "null"] }))).toBe(
        "secret-missing",
      );
    },
  );

  it("is said as well where the verdict takes time", async () => {
    const scheme = {
      kind: "jwt",
      token: { header: "authorization" },
      algorithms: ["HS256"],
    } as const;
    expect(await verifySignature(scheme, evidenceOf({}))).toMatchObject({
      reason: "secret-missing",
    });
  });

  it("is of the wrong form where the provider's has another", () => {
    const scheme = hmac({ ...plainBody, key: hexKey });
    const verdict = verify(scheme, { secrets: ["xyz"], headers: { "x-signature": macOf("a") } });
    expect(verdict).toMatchObject({ reason: "secret-missing", detail: /form/ });
  });

  it("is needed for no signature, which proves nothing", () => {
    expect(verify({ kind: "none" }, {})).toEqual({ kind: "unsigned" });
  });
});

it("nothing in a request makes it throw", () => {
  const hostile = ["", "\u0000", "=,=,=", "v1,", ",,,,", "v1=%", "💥", "a".repeat(65_536)];
  const grammars = [undefined, prefixed("p="), pairs("v1"), versions("v1"), list()];
  for (const grammar of grammars)
    for (const text of hostile) {
      const scheme = hmac({
        ...plainBody,
        signature: { ...header, ...(grammar && { grammar }) },
        timestamp: { json: "a.b.0", unit: "iso8601" },
      });
      const verdict = verify(scheme, {
        secrets: ["a"],
        headers: { "x-signature": text },
        body: `{"a":${text}`,
      });
      expect(verdict.kind).toBe("rejected");
    }
});
