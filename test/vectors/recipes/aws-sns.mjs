import crypto from "node:crypto";
import { EventEmitter } from "node:events";
import { readFileSync } from "node:fs";
import https from "node:https";
import MessageValidator from "sns-validator";
import { endpoint, now } from "../bodies.mjs";

const readKey = (name) => readFileSync(new URL(`../keys/${name}`, import.meta.url), "utf8");
const certificateUrl =
  "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0000000000000000000000hookline.pem";
const topic = "arn:aws:sns:us-east-1:123456789012:MyTopic";

const notificationFields = ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"];
const confirmationFields = [
  "Message",
  "MessageId",
  "SubscribeURL",
  "Timestamp",
  "Token",
  "TopicArn",
  "Type",
];

const sign = (message, fields) => {
  const content = fields
    .filter((name) => name in message)
    .map((name) => `${name}\n${message[name]}\n`)
    .join("");
  const hash = message.SignatureVersion === "1" ? "sha1" : "sha256";
  return crypto.sign(hash, Buffer.from(content), readKey("aws-sns.pem")).toString("base64");
};

const toDelivery = (name, type, version, given, fields = notificationFields) => {
  const message = {
    Type: type,
    MessageId: "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
    TopicArn: topic,
    Timestamp: "2026-03-14T15:09:25.123Z",
    SignatureVersion: version,
    SigningCertURL: certificateUrl,
    ...given,
  };
  return {
    name: `signature version ${version}: ${name}`,
    source: "accepted by",
    options: { topicArn: topic },
    now,
    keys: { [certificateUrl]: readKey("aws-sns.crt") },
    request: {
      url: endpoint,
      headers: {
        "x-amz-sns-message-type": type,
        "x-amz-sns-message-id": message.MessageId,
        "x-amz-sns-topic-arn": topic,
        "Content-Type": "text/plain; charset=UTF-8",
        "User-Agent": "Amazon Simple Notification Service Agent",
      },
      body: JSON.stringify({ ...message, Signature: sign(message, fields) }, null, 2),
    },
  };
};

const toConfirmation = (version) => {
  const token = "2336412f37fb687f5d51e6e241d09c805a5a57b30d712f794cc5f6a988666d92768dd60a747ba6f3";
  const SubscribeURL = `https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${topic}&Token=${token}`;
  const Message = `You have chosen to subscribe to the topic ${topic}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`;
  const given = { Message, SubscribeURL, Token: token };
  return {
    ...toDelivery(
      "subscription confirmation",
      "SubscriptionConfirmation",
      version,
      given,
      confirmationFields,
    ),
    kind: "challenge",
    calls: SubscribeURL,
  };
};

const toVersion = (version) => [
  toDelivery("notification with a subject", "Notification", version, {
    Subject: "My First Message",
    Message: "Hello world!",
  }),
  toDelivery("notification without a subject", "Notification", version, {
    Message: '{"order":1}\nZoë — 東京 🚀 "quoted" \\ ',
  }),
  toConfirmation(version),
];

/** Serves the certificates of a vector to the validator, which fetches them with `https.get` and caches them by URL. */
const withCertificates = async (keys, work) => {
  const get = https.get;
  https.get = (url, answer) => {
    const response = Object.assign(new EventEmitter(), { statusCode: url in keys ? 200 : 404 });
    answer(response);
    response.emit("data", keys[url]);
    response.emit("end");
    return new EventEmitter();
  };
  try {
    return await work();
  } finally {
    https.get = get;
  }
};

const damageMessage = (body) =>
  Buffer.from(body.toString().replace(/"Message": "(.)/, '"Message": "$1$1'));

/** The validator keeps the first certificate of a URL for ever, so every check asks under a URL of its own. */
let checks = 0;
const validate = (text, keys) => {
  checks += 1;
  const url = certificateUrl.replace(".pem", `-${checks}.pem`);
  const message = { ...JSON.parse(text), SigningCertURL: url };
  const validation = () =>
    new Promise((resolve) =>
      new MessageValidator().validate(message, (error) => resolve(error === null)),
    );
  return withCertificates({ [url]: keys[certificateUrl] }, validation);
};

export const recipe = {
  provider: "aws-sns",
  sdk: "sns-validator",
  damageBody: damageMessage,
  otherKey: readKey("aws-sns-other.crt"),
  refusals: ["body", "key"],
  accepts: ({ body, keys }) => validate(body.toString(), keys),
  answers: async ({ body, keys }) => ({
    status: (await validate(body.toString(), keys)) ? 200 : 403,
  }),
  deliveries: () => [...toVersion("1"), ...toVersion("2")],
};
