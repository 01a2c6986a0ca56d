import { Webhook } from "standardwebhooks";
import { toStandardDeliveries } from "../standard-deliveries.mjs";

const accepts = ({ secret, headers, body }) => {
  new Webhook(secret).verify(body, headers);
  return true;
};

export const recipe = {
  provider: "standard-webhooks",
  sdk: "standardwebhooks",
  toleranceSeconds: 300,
  refusals: ["body", "secret", "late", "early"],
  accepts,
  deliveries: () => [
    {
      name: "example of the docs",
      source: "published at https://docs.svix.com/receiving/verifying-payloads/how-manual",
      secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
      now: "2021-02-25T15:02:10.000Z",
      request: {
        url: "https://hooks.example.com/standard",
        headers: {
          "content-type": "application/json",
          "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
          "webhook-timestamp": "1614265330",
          "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        },
        body: '{"test": 2432232314}',
      },
    },
    ...toStandardDeliveries(Webhook, "webhook-"),
  ],
};
