import { createHmac } from "node:crypto";
import { now } from "./bodies.mjs";

/** The test values that Atlassian publishes for every product whose webhooks carry `X-Hub-Signature`. */
export const toAtlassianRecipe = (provider, source, headers) => ({
  provider,
  sdk: null,
  accepts: ({ secret, headers: received, body }) =>
    received["x-hub-signature"] ===
    `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
  deliveries: () => [
    {
      name: "test values of the docs",
      source: `published at ${source}`,
      secret: "It's a Secret to Everybody",
      now,
      request: {
        url: "https://hooks.example.com/atlassian",
        headers: {
          "X-Hub-Signature":
            "sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9",
          ...headers,
        },
        body: "Hello World!",
      },
    },
  ],
});
