import { Webhook } from "svix";
import { toStandardDeliveries } from "../standard-deliveries.mjs";

/** The SDK parses every body as JSON after it has checked the signature. */
const unparsable = "empty body";

const [unbranded] = toStandardDeliveries(Webhook, "webhook-");

export const recipe = {
  provider: "svix",
  sdk: "svix",
  toleranceSeconds: 300,
  refusals: ["body", "secret", "late", "early"],
  accepts: ({ secret, headers, body }) => {
    new Webhook(secret).verify(body, headers);
    return true;
  },
  deliveries: () => [
    ...toStandardDeliveries(Webhook, "svix-").filter(({ name }) => name !== unparsable),
    { ...unbranded, name: "headers without the brand" },
  ],
};
