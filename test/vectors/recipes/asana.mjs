import { now } from "../bodies.mjs";

const handshake = "b537207f20cbfa02357cf448134da559e8bd39d61597dcd5631b8012eae53e81";

export const recipe = {
  provider: "asana",
  sdk: null,
  deliveries: () => [
    {
      name: "handshake of the docs",
      kind: "challenge",
      source: "published at https://developers.asana.com/docs/webhooks-guide",
      now,
      request: {
        url: "https://example.com/receive-webhook/7654",
        headers: { "X-Hook-Secret": handshake },
      },
      response: { status: 200, headers: { "x-hook-secret": handshake }, body: "" },
    },
  ],
};
