import fc from "fast-check";
import type { Carrier } from "../../src/signatures/carrier";
import { sameText, sharedToken } from "../../src/signatures/shared-token";
import { verifySignature } from "../../src/signatures/verify-signature";
import { type EvidenceParts, evidenceOf } from "../support/evidence";

const reasonOf = (token: Carrier, parts: EvidenceParts): string => {
  const verdict = verifySignature(
    sharedToken(token),
    evidenceOf({ secrets: ["s3cret"], ...parts }),
  );
  if (verdict instanceof Promise) throw new Error("A token is verified at once.");
  return verdict.kind === "rejected" ? verdict.reason : verdict.kind;
};

it.each([
  ["the token", "s3cret", "verified"],
  ["another", "s3creT", "signature-mismatch"],
  ["its beginning", "s3cre", "signature-mismatch"],
  ["more than it", "s3cret ", "signature-mismatch"],
  ["it twice", "s3cret, s3cret", "signature-mismatch"],
  ["nothing", "", "signature-missing"],
])("judges a header with %s", (_name, text, reason) => {
  expect(reasonOf({ header: "x-token" }, { headers: { "X-Token": text } })).toBe(reason);
});

it("reads it from the query, and from nowhere else", () => {
  const url = "https://hooks.example.com/?token=s3cret";
  expect(reasonOf({ query: "token" }, { url })).toBe("verified");
  expect(reasonOf({ query: "token" }, { headers: { token: "s3cret" } })).toBe("signature-missing");
});

it("accepts the current token and the previous", () => {
  const headers = { "x-token": "old" };
  expect(reasonOf({ header: "x-token" }, { headers, secrets: ["new", "old"] })).toBe("verified");
});

describe("in every entry of a batch", () => {
  const send = (body: unknown, secrets = ["s3cret"]) =>
    reasonOf({ json: "value.*.clientState" }, { body: JSON.stringify(body), secrets });
  const good = { clientState: "s3cret", id: 1 };

  it("is verified when each holds it", () => {
    expect(send({ value: [good] })).toBe("verified");
    expect(send({ value: [good, good, good] })).toBe("verified");
  });

  it.each([
    ["one holds another", [good, { clientState: "other" }], "signature-mismatch"],
    ["one holds none", [good, { id: 2 }], "signature-missing"],
    ["one holds nothing", [good, { clientState: null }], "signature-missing"],
    ["one holds an empty text", [good, { clientState: "" }], "signature-missing"],
    ["one holds a list of it", [good, { clientState: ["s3cret"] }], "signature-missing"],
    ["one is no object", [good, "s3cret"], "signature-missing"],
    ["two hold the token of two rotations", [good, { clientState: "old" }], "signature-mismatch"],
    ["there is none", [], "signature-missing"],
    ["there is no list", { 0: good }, "signature-missing"],
  ])("is not when %s", (_name, value, reason) => {
    expect(send({ value }, ["s3cret", "old"])).toBe(reason);
  });

  it("is not when the body is no JSON", () => {
    expect(reasonOf({ json: "value.*.clientState" }, { body: "s3cret" })).toBe("signature-missing");
  });
});

it("compares texts of any length by all they hold", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (one, other) => {
      expect(sameText(one, one)).toBe(true);
      expect(sameText(one, other)).toBe(Buffer.from(one).equals(Buffer.from(other)));
    }),
  );
});
