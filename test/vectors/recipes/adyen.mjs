import adyen from "@adyen/api-library";
import { endpoint, now } from "../bodies.mjs";

const secret = "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056";
const validator = new adyen.hmacValidator();

const authorisation = {
  pspReference: "7914073381342284",
  originalReference: "",
  merchantAccountCode: "TestMerchant",
  merchantReference: "TestPayment-1407325143704",
  amount: { value: 1130, currency: "EUR" },
  eventCode: "AUTHORISATION",
  success: "true",
};

const sign = (item) => ({
  ...item,
  additionalData: { hmacSignature: validator.calculateHmac(item, secret) },
});

const toDelivery = (name, ...items) => ({
  name,
  source: "made by",
  secret,
  now,
  request: {
    url: endpoint,
    headers: { "Content-Type": "application/json; charset=utf-8" },
    body: JSON.stringify({
      live: "false",
      notificationItems: items.map((item) => ({ NotificationRequestItem: item })),
    }),
  },
});

const { originalReference: _, ...withoutOriginal } = authorisation;

export const recipe = {
  provider: "adyen",
  sdk: "@adyen/api-library",
  damageBody: (body) => Buffer.from(body.toString().replace('"value":1130', '"value":1131')),
  accepts: ({ secret: key, body }) =>
    JSON.parse(body).notificationItems.every(({ NotificationRequestItem: item }) =>
      validator.validateHMAC(item, key),
    ),
  deliveries: () => [
    {
      ...toDelivery("example of the docs", {
        ...authorisation,
        additionalData: { hmacSignature: "coqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0=" },
      }),
      source:
        "published at https://docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures",
    },
    toDelivery(
      "batch of two",
      sign({
        ...authorisation,
        pspReference: "8814073381342285",
        originalReference: "7914073381342284",
        eventCode: "CAPTURE",
      }),
      sign(authorisation),
    ),
    toDelivery("absent field", sign(withoutOriginal)),
    toDelivery(
      "non-ASCII reference that holds the separator",
      sign({ ...authorisation, merchantReference: "Zoë:東京\\1" }),
    ),
  ],
};
