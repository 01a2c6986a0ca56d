import { sign, verify } from "@octokit/webhooks-methods";
import { endpoint, nonAscii, now, plain, spaced } from "../bodies.mjs";

const secret = "It's a Secret to Everybody";

const toDelivery = async (name, body, headers = {}, event = "push") => ({
  name,
  source: "made by",
  secret,
  now,
  request: {
    url: endpoint,
    headers: {
      "Content-Type": "application/json",
      "User-Agent": "GitHub-Hookshot/044aadd",
      "X-GitHub-Delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958",
      "X-GitHub-Event": event,
      "X-Hub-Signature-256": await sign(secret, body),
      ...headers,
    },
    body,
  },
});

const form = `payload=${encodeURIComponent(nonAscii).replaceAll("%20", "+")}`;

const accepts = ({ secret: key, headers, body }) =>
  verify(key, body.toString(), headers["x-hub-signature-256"]);

export const recipe = {
  provider: "github",
  sdk: "@octokit/webhooks-methods",
  accepts,
  answers: async (delivery) => ({ status: (await accepts(delivery)) ? 200 : 401 }),
  deliveries: async () => [
    {
      ...(await toDelivery("example of the docs", "Hello, World!")),
      source:
        "published at https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries",
    },
    await toDelivery("JSON body", plain),
    await toDelivery("non-ASCII body", nonAscii),
    await toDelivery("body with CRLF and spaces", spaced),
    await toDelivery("form body", form, { "Content-Type": "application/x-www-form-urlencoded" }),
    {
      ...(await toDelivery(
        "ping",
        '{"zen":"Design for failure.","hook_id":109948940}',
        {},
        "ping",
      )),
      kind: "challenge",
    },
  ],
};
