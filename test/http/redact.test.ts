import { redactSecret } from "../../src/http/redact";

it.each([
  [
    "a long secret anywhere",
    "xlong-secret-1y long-secret-1",
    "long-secret-1",
    "x[redacted]y [redacted]",
  ],
  [
    "a short one as a word",
    "key=abc, abcd (abc) xabc",
    "abc",
    "key=[redacted], abcd ([redacted]) xabc",
  ],
  ["a short one that holds a separator", 'user "a:b" a:bc', "a:b", 'user "[redacted]" a:bc'],
  ["a short one that overlaps itself", "aa aaa aa", "aa", "[redacted] aaa [redacted]"],
  [
    "one with signs that a replacement would read",
    "is $&-secret-1.",
    "$&-secret-1",
    "is [redacted].",
  ],
])("redacts %s", (_what, text, secret, expected) => {
  expect(redactSecret(text, secret)).toBe(expected);
});

it("leaves a text alone that does not hold the secret", () => {
  expect(redactSecret("nothing of it here", "secret")).toBe("nothing of it here");
});
