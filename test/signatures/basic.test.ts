import { basic } from "../../src/signatures/basic";
import { verifySignature } from "../../src/signatures/verify-signature";
import { evidenceOf } from "../support/evidence";

const encode = (credentials: string) => `Basic ${Buffer.from(credentials).toString("base64")}`;

const reasonOf = (
  authorization: string | undefined,
  { username, secrets = ["pässword:1"] }: { username?: string; secrets?: readonly string[] } = {},
): string => {
  const verdict = verifySignature(
    basic,
    evidenceOf({
      secrets,
      headers: authorization === undefined ? {} : { Authorization: authorization },
      ...(username !== undefined && { username }),
    }),
  );
  if (verdict instanceof Promise) throw new Error("HTTP Basic is verified at once.");
  return verdict.kind === "rejected" ? verdict.reason : verdict.kind;
};

it.each([
  ["the user and the password", encode("zoë:pässword:1"), "verified"],
  ["another user", encode("joe:pässword:1"), "signature-mismatch"],
  ["another password", encode("zoë:pässword:2"), "signature-mismatch"],
  ["no user", encode(":pässword:1"), "signature-mismatch"],
  ["no colon", encode("zoëpässword:1"), "signature-mismatch"],
  ["nothing", undefined, "signature-missing"],
  ["another way to authorize", "Bearer abc", "signature-missing"],
  ["no credentials", "Basic ", "signature-malformed"],
  ["no base64", "Basic ~~~~", "signature-malformed"],
  [
    "base64 without its padding",
    encode("zoë:pässword:1").replace(/=+$/, ""),
    "signature-malformed",
  ],
])("judges %s", (_name, authorization, reason) => {
  expect(reasonOf(authorization, { username: "zoë" })).toBe(reason);
});

it("expects no user where none is set", () => {
  expect(reasonOf(encode(":pässword:1"))).toBe("verified");
  expect(reasonOf(encode("zoë:pässword:1"))).toBe("signature-mismatch");
});

it("accepts the previous password during a rotation", () => {
  expect(reasonOf(encode(":old"), { secrets: ["new", "old"] })).toBe("verified");
});

it.each(["", " ", "null", "undefined"])("never accepts the password %j", (secret) => {
  expect(reasonOf(encode(`:${secret}`), { secrets: [secret] })).toBe("secret-missing");
});
