import { createRequire } from "node:module";
import path from "node:path";
import { endpoint, now } from "../bodies.mjs";
import { quietly } from "../quietly.mjs";
import { askListener } from "../serve.mjs";

/** The functions of the SDK that sign and answer are not among its exports, so they are loaded by file. */
const require = createRequire(import.meta.url);
const build = path.join(path.dirname(require.resolve("whatsapp/package.json")), "build");
const { generateXHub256Sig } = require(path.join(build, "utils.js"));
const WebhooksAPI = require(path.join(build, "api/webhooks.js"));

const secret = "00aa11bb22cc33dd44ee55ff66778899";
const verifyToken = "meatyhamhock";

const toDelivery = (name, body) => ({
  name,
  source: "made by",
  secret,
  now,
  request: {
    url: endpoint,
    headers: {
      "Content-Type": "application/json",
      "User-Agent": "facebookexternalua",
      "X-Hub-Signature-256": `sha256=${generateXHub256Sig(body, secret)}`,
    },
    body,
  },
});

/** Runs the request listener that the SDK would open a port for. */
const toListener = (token) => {
  const config = { WEBHOOK_ENDPOINT: "trigger/SW5z", WEBHOOK_VERIFICATION_TOKEN: token };
  const http = require("node:http");
  const { createServer } = http;
  let listener;
  http.createServer = (given) => {
    listener = given;
    const server = { listen: () => server, on: () => server };
    return server;
  };
  try {
    new WebhooksAPI(config, undefined, "WA_SDK").start(() => undefined);
  } finally {
    http.createServer = createServer;
  }
  return listener;
};

export const recipe = {
  provider: "meta",
  sdk: "whatsapp",
  accepts: ({ secret: appSecret, headers, body }) =>
    headers["x-hub-signature-256"] === `sha256=${generateXHub256Sig(body.toString(), appSecret)}`,
  answers: (delivery) => quietly(() => askListener(toListener(delivery.verifyToken), delivery)),
  deliveries: () => [
    toDelivery(
      "JSON body",
      '{"object":"page","entry":[{"id":"1","time":1773500965,"changes":[{"field":"feed","value":{"item":"status"}}]}]}',
    ),
    toDelivery(
      "non-ASCII text, escaped as Meta sends it",
      '{"object":"page","entry":[{"id":"1","time":1773500965,"changes":[{"field":"feed","value":{"message":"Zo\\u00eb \\u6771\\u4eac \\/ <b>"}}]}]}',
    ),
    toDelivery("non-ASCII body", '{"object":"whatsapp_business_account","entry":[{"id":"東京"}]}'),
    {
      name: "verification request",
      kind: "challenge",
      source: "answered by",
      secret,
      verifyToken,
      now,
      refusals: ["verifyToken"],
      request: {
        method: "GET",
        url: "https://hooks.example.com/trigger/SW5z?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=meatyhamhock",
        headers: {},
      },
    },
  ],
};
