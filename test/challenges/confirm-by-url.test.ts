import { confirmByUrl } from "../../src/challenges/confirm-by-url";
import { contextOf, received } from "../support/challenges";

const challenge = confirmByUrl({
  when: { all: [{ json: "Type", equals: "Confirm" }] },
  url: { json: "SubscribeURL" },
  isPinned: ({ hostname }) => hostname === "sns.example.com",
});

const asking = (SubscribeURL?: unknown) =>
  received({ body: JSON.stringify({ Type: "Confirm", SubscribeURL }) });

it("names the URL that has to be fetched", () => {
  const url = "https://sns.example.com/?Action=Confirm&Token=abc";
  expect(challenge.answer(asking(url), contextOf())).toEqual({
    kind: "answered",
    reply: { status: 200, contentType: "text/plain", body: "" },
    confirmationUrl: url,
  });
  expect(challenge.signed).toBe(true);
});

it.each([
  "http://sns.example.com/",
  "https://sns.example.com:8443/",
  "https://user@sns.example.com/",
  "https://:password@sns.example.com/",
  "https://sns.example.com.evil.example/",
  "https://169.254.169.254/latest/meta-data",
  "file:///etc/passwd",
  "no url",
  "",
  undefined,
  7,
  ["https://sns.example.com/"],
])("never names %j", (url) => {
  expect(challenge.answer(asking(url), contextOf())).toMatchObject({
    kind: "refused",
    reason: "claim-mismatch",
  });
});

it("leaves a delivery alone", () => {
  expect(
    challenge.answer(received({ body: '{"Type":"Notification"}' }), contextOf()),
  ).toBeUndefined();
});
