import { bodyEvents } from "../events/body-events";
import { hmac } from "../signatures/mac";
import { defineProvider } from "./provider";

export const square = defineProvider({
  id: "square",
  name: "Square",
  docs: "https://developer.squareup.com/docs/webhooks/step3validate",
  evidence: "sdk",
  secret:
    "The subscription's Signature Key, from the Developer Console > the application > Webhooks > Subscriptions",
  signature: hmac({
    hash: "sha256",
    encoding: "base64",
    signature: { header: "x-square-hmacsha256-signature" },
    content: ({ url, body }) => [url, body],
  }),
  events: bodyEvents({ id: "event_id", type: "type", orderingKey: "data.id" }),
  notes: [
    "Signs the notification URL exactly as it was registered: set Endpoint URL if that is not the trigger's URL.",
  ],
  samples: {
    "payment.updated": {
      body: {
        merchant_id: "6SSW7HV8K2ST5",
        type: "payment.updated",
        event_id: "13b867cf-db3d-4b1c-90b6-2f32a9d78124",
        created_at: "2020-02-06T21:27:34.308Z",
        data: {
          type: "payment",
          id: "KkAkhdMsgzn59SM8A89WgKwekxLZY",
          object: {
            payment: {
              id: "hYy9pRFVxpDsO1FB05SunFWUe9JZY",
              status: "COMPLETED",
              amount_money: { amount: 100, currency: "USD" },
            },
          },
        },
      },
    },
  },
});
