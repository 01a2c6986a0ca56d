import { bodyEvents } from "../events/body-events";
import { textReply } from "../http/reply";
import { hmac } from "../signatures/mac";
import { hexKey } from "../signatures/secret-keys";
import { defineProvider } from "./provider";

const signedFields = [
  "pspReference",
  "originalReference",
  "merchantAccountCode",
  "merchantReference",
  "amount.value",
  "amount.currency",
  "eventCode",
  "success",
];

export const adyen = defineProvider({
  id: "adyen",
  name: "Adyen",
  docs: "https://docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures",
  evidence: "sdk",
  secret: "The HMAC key (64 hex digits), generated under Developers > Webhooks > the webhook",
  signature: hmac({
    hash: "sha256",
    encoding: "base64",
    key: hexKey,
    each: "notificationItems.*.NotificationRequestItem",
    signature: { json: "additionalData.hmacSignature" },
    content: ({ json }) =>
      signedFields.flatMap((field, index) => [index > 0 ? ":" : "", json(field) ?? ""]),
  }),
  events: bodyEvents({
    each: "notificationItems.*.NotificationRequestItem",
    id: { joined: ["eventCode", "pspReference", "success"], separator: ":" },
    type: "eventCode",
    orderingKey: { first: ["merchantReference", "originalReference", "pspReference"] },
  }),
  acknowledgement: textReply("[accepted]"),
  notes: [
    "For standard (payment) webhooks as JSON. Each item is signed on its own, over eight of its fields: the rest of an item, such as reason or paymentMethod, is not proven.",
    "Webhooks of the banking, management and platform APIs are signed differently.",
  ],
  samples: {
    AUTHORISATION: {
      body: {
        live: "false",
        notificationItems: [
          {
            NotificationRequestItem: {
              pspReference: "7914073381342284",
              originalReference: "",
              merchantAccountCode: "TestMerchant",
              merchantReference: "TestPayment-1407325143704",
              amount: { value: 1130, currency: "EUR" },
              eventCode: "AUTHORISATION",
              eventDate: "2014-08-06T17:15:34.121+02:00",
              paymentMethod: "visa",
              success: "true",
            },
          },
        ],
      },
    },
  },
});
