import { createHmac } from "node:crypto";
import { AwsLambdaReceiver } from "@zoom/rivet/meetings";
import { endpoint, now, plain } from "../bodies.mjs";
import { unixSeconds } from "../clock.mjs";
import { quietly } from "../quietly.mjs";

const secret = "v1SecretTokenOfTheApp";

const toDelivery = (name, body) => {
  const timestamp = unixSeconds(now);
  const signature = createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex");
  return {
    name,
    source: "accepted by",
    secret,
    now,
    request: {
      url: endpoint,
      headers: {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Zoom Marketplace/1.0a",
        "x-zm-request-timestamp": timestamp,
        "x-zm-signature": `v0=${signature}`,
      },
      body,
    },
  };
};

const answers = async ({ secret: webhooksSecretToken, headers, body }) => {
  const receiver = new AwsLambdaReceiver({ webhooksSecretToken });
  const handle = receiver.start();
  const { statusCode, ...answer } = await quietly(() =>
    handle({ headers, body: body.toString(), isBase64Encoded: false }, {}),
  );
  return {
    status: statusCode,
    headers: { "content-type": answer.headers["Content-Type"] },
    body: answer.body,
  };
};

export const recipe = {
  provider: "zoom",
  sdk: "@zoom/rivet",
  accepts: async (delivery) => (await answers(delivery)).status === 200,
  answers,
  deliveries: () => [
    toDelivery(
      "JSON body",
      `{"event":"meeting.started","payload":${plain},"event_ts":1773500965000}`,
    ),
    toDelivery(
      "non-ASCII body",
      '{"event":"meeting.started","payload":{"account_id":"AAAAAABBBB","object":{"topic":"Zoë — 東京 🚀","id":"1234567890"}},"event_ts":1773500965000}',
    ),
    {
      ...toDelivery(
        "URL validation",
        '{"payload":{"plainToken":"qgg8vlvZRS6UYooatFL8Aw"},"event_ts":1773500965000,"event":"endpoint.url_validation"}',
      ),
      kind: "challenge",
      source: "answered by",
    },
  ],
};
