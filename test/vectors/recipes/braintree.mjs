import braintree from "braintree";
import { endpoint, now } from "../bodies.mjs";
import { atTime } from "../clock.mjs";

const secret = "integration_private_key";
const publicKey = "integration_public_key";

const toGateway = (privateKey, key = publicKey) =>
  new braintree.BraintreeGateway({
    environment: braintree.Environment.Sandbox,
    merchantId: "integration_merchant_id",
    publicKey: key,
    privateKey,
  });

const given = { secret, now, options: { publicKey } };

const toDelivery = (name, sample) => ({
  name,
  source: "made by",
  ...given,
  request: {
    url: endpoint,
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(sample).toString(),
  },
});

const make = (gateway, kind) =>
  atTime(now, () => gateway.webhookTesting.sampleNotification(kind, "my_id"));

const readForm = (body) => Object.fromEntries(new URLSearchParams(body.toString()));

const damagePayload = (body) => {
  const { bt_signature, bt_payload } = readForm(body);
  const middle = Math.floor(bt_payload.length / 2);
  const other = bt_payload[middle] === "A" ? "B" : "A";
  const damaged = bt_payload.slice(0, middle) + other + bt_payload.slice(middle + 1);
  return Buffer.from(new URLSearchParams({ bt_signature, bt_payload: damaged }).toString());
};

const { Kind } = braintree.WebhookNotification;

export const recipe = {
  provider: "braintree",
  sdk: "braintree",
  damageBody: damagePayload,
  accepts: async ({ secret: privateKey, options, body }) => {
    const { bt_signature, bt_payload } = readForm(body);
    const gateway = toGateway(privateKey, options.publicKey);
    return gateway.webhookNotification.parse(bt_signature, bt_payload);
  },
  answers: ({ secret: privateKey, options, url }) => ({
    status: 200,
    headers: {},
    body: toGateway(privateKey, options.publicKey).webhookNotification.verify(
      new URL(url).searchParams.get("bt_challenge"),
    ),
  }),
  deliveries: async () => {
    const canceled = await make(toGateway(secret), Kind.SubscriptionCanceled);
    const foreign = await make(toGateway("other", "another_public_key"), Kind.SubscriptionCanceled);
    return [
      toDelivery("subscription canceled", canceled),
      toDelivery("dispute opened", await make(toGateway(secret), Kind.DisputeOpened)),
      toDelivery("signed for another key as well", {
        ...canceled,
        bt_signature: `${foreign.bt_signature}&${canceled.bt_signature}`,
      }),
      {
        name: "challenge",
        kind: "challenge",
        source: "answered by",
        ...given,
        refusals: [],
        request: {
          method: "GET",
          url: "https://hooks.example.com/trigger/SW5z?bt_challenge=20f9f8ed05f77439fe955c977e4c8a53",
          headers: {},
        },
      },
    ];
  },
};
