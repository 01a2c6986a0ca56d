import { createHmac } from "node:crypto";
import slack from "@slack/bolt";
import { endpoint, nonAscii, now, plain, spaced } from "../bodies.mjs";
import { unixSeconds } from "../clock.mjs";
import { askListener } from "../serve.mjs";

const secret = "8f742231b10e8888abcd99yyyzzz85a5";

const sign = (time, body) =>
  `v0=${createHmac("sha256", secret).update(`v0:${time}:${body}`).digest("hex")}`;

const toDelivery = (name, body, headers = {}) => ({
  name,
  source: "accepted by",
  secret,
  now,
  request: {
    url: endpoint,
    headers: {
      "Content-Type": "application/json",
      "X-Slack-Request-Timestamp": unixSeconds(now),
      "X-Slack-Signature": sign(unixSeconds(now), body),
      ...headers,
    },
    body,
  },
});

const command =
  "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";

const challenge =
  '{"token":"Jhj5dZrVaK7ZwHHjRyZWjbDl","challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P","type":"url_verification"}';

const toReceiver = (signingSecret) =>
  new slack.HTTPReceiver({
    signingSecret,
    endpoints: ["/trigger/SW5z"],
    logger: {
      ...Object.fromEntries(
        ["debug", "info", "warn", "error", "setLevel", "setName"].map((name) => [name, () => {}]),
      ),
      getLevel: () => slack.LogLevel.ERROR,
    },
  });

export const recipe = {
  provider: "slack",
  sdk: "@slack/bolt",
  toleranceSeconds: 300,
  refusals: ["body", "secret", "late"],
  accepts: ({ secret: signingSecret, headers, body }) => {
    slack.verifySlackRequest({ signingSecret, headers, body: body.toString() });
    return true;
  },
  answers: (delivery) => askListener(toReceiver(delivery.secret).requestListener, delivery),
  deliveries: () => [
    {
      ...toDelivery("slash command of the docs", command, {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": "1531420618",
        "X-Slack-Signature": "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
      }),
      source: "published at https://docs.slack.dev/authentication/verifying-requests-from-slack",
      now: "2018-07-12T18:36:58.000Z",
    },
    toDelivery("JSON body", plain),
    toDelivery("non-ASCII body", nonAscii),
    toDelivery("body with CRLF and spaces", spaced),
    toDelivery("empty body", ""),
    { ...toDelivery("URL verification", challenge), kind: "challenge", source: "answered by" },
  ],
};
