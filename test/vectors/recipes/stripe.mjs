import Stripe from "stripe";
import { endpoint, nonAscii, now, plain, spaced } from "../bodies.mjs";
import { unixSeconds } from "../clock.mjs";

const secret = "whsec_test_secret";
const older = "whsec_older_secret";
const { webhooks } = new Stripe("sk_test_4eC39HqLyjWDarjtT1zdp7dc");

const sign = (key, payload) =>
  webhooks.generateTestHeaderString({ payload, secret: key, timestamp: Number(unixSeconds(now)) });

const toDelivery = (name, body, signature = sign(secret, body), key = secret) => ({
  name,
  source: "made by",
  secret: key,
  now,
  request: {
    url: endpoint,
    headers: { "Content-Type": "application/json; charset=utf-8", "Stripe-Signature": signature },
    body,
  },
});

const v1 = (key) => sign(key, plain).split(",")[1];
const rolled = `t=${unixSeconds(now)},${v1(older)},${v1(secret)}`;

export const recipe = {
  provider: "stripe",
  sdk: "stripe",
  toleranceSeconds: 300,
  refusals: ["body", "secret", "late"],
  accepts: ({ secret: key, headers, body }) =>
    webhooks.constructEvent(body, headers["stripe-signature"], key),
  deliveries: () => [
    toDelivery("JSON body", plain),
    toDelivery("non-ASCII body", nonAscii),
    toDelivery("body with CRLF and spaces", spaced),
    toDelivery("rotation: our secret signed second", plain, rolled),
    toDelivery("rotation: our secret signed first", plain, rolled, older),
    toDelivery(
      "test mode, with its v0 decoy",
      plain,
      `${sign(secret, plain)},v0=6ffbb59b2300aae63f272406069a9788598b792a944a07aba816edb039989a39`,
    ),
  ],
};
