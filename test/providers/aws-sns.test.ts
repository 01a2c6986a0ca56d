import { sign as signBytes } from "node:crypto";
import { awsSns } from "../../src/providers/aws-sns";
import { forgetFetchedKeys } from "../../src/signatures/fetched-keys";
import { eventsOf, receive, toOutbound, verdictOf } from "../support/provider-deliveries";
import { createRsaKey } from "../support/rsa-key";

const { publicKey, privateKey } = createRsaKey();
const TOPIC = "arn:aws:sns:eu-central-1:123456789012:Orders";
const CERTIFICATE_URL =
  "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-f3ecfb7224c7233fe7bb5f59f96de52f.pem";
const SUBSCRIBE_URL = `https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${TOPIC}&Token=2336412f`;
const options = { topicArn: TOPIC };
const settings = { secrets: [publicKey], options };

type Message = Record<string, string>;

const notification: Message = {
  Type: "Notification",
  MessageId: "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
  TopicArn: TOPIC,
  Message: "Zoë\nMessageId\nnot mine",
  Timestamp: "2026-03-01T10:00:00.000Z",
  SignatureVersion: "2",
  SigningCertURL: CERTIFICATE_URL,
};

const confirmation: Message = {
  ...notification,
  Type: "SubscriptionConfirmation",
  Token: "2336412f",
  SubscribeURL: SUBSCRIBE_URL,
};

/** As Amazon's documentation says, written out once more. */
const toSign = (message: Message): string =>
  (message.Type === "Notification"
    ? ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"]
    : ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"]
  )
    .filter((name) => message[name] !== undefined)
    .map((name) => `${name}\n${message[name]}\n`)
    .join("");

const send = (message: Message, changed: Message = {}) => {
  const hash = message.SignatureVersion === "1" ? "sha1" : "sha256";
  const Signature = signBytes(hash, Buffer.from(toSign(message)), privateKey).toString("base64");
  return toOutbound({
    contentType: "text/plain; charset=UTF-8",
    headers: { "x-amz-sns-message-type": message.Type ?? "" },
    body: { ...message, Signature, ...changed },
  });
};

beforeEach(forgetFetchedKeys);

describe("Amazon SNS", () => {
  it.each([
    ["version 1 with a subject", { SignatureVersion: "1", Subject: "Grüße" }],
    ["version 1 without a subject", { SignatureVersion: "1" }],
    ["version 2 with a subject", { Subject: "Grüße" }],
    ["version 2 without a subject", {}],
  ])("accepts a notification of signature %s", async (_name, change) => {
    const outcome = await receive(awsSns, send({ ...notification, ...change }), settings);
    expect(verdictOf(outcome)).toBe("accepted");
    expect(eventsOf(outcome)).toEqual([
      { id: notification.MessageId, type: "Notification", orderingKey: null },
    ]);
  });

  it.each([
    ["message", { Message: "forged" }],
    ["added subject", { Subject: "forged" }],
    ["type", { Type: "SubscriptionConfirmation", Token: "t", SubscribeURL: SUBSCRIBE_URL }],
    ["signature version", { SignatureVersion: "1" }],
  ])("refuses a notification with a forged %s", async (_name, changed) => {
    expect(verdictOf(await receive(awsSns, send(notification, changed), settings))).toBe(
      "signature-mismatch",
    );
  });

  it("refuses SHA-1 where the builder asks for version 2", async () => {
    const request = send({ ...notification, SignatureVersion: "1" });
    const strict = { ...settings, options: { ...options, signatureVersion: "2" } };
    expect(verdictOf(await receive(awsSns, request, strict))).toBe("signature-mismatch");
  });

  it.each([
    ["a stranger's topic", { topicArn: `${TOPIC}-of-a-stranger` }],
    ["any topic, when none is named", {}],
  ])("refuses what Amazon signed for %s", async (_name, given) => {
    for (const message of [notification, confirmation])
      expect(verdictOf(await receive(awsSns, send(message), { ...settings, options: given }))).toBe(
        "claim-mismatch",
      );
  });

  it("refuses a stranger's message that reads as one of this topic when it is cut elsewhere", async () => {
    const stranger = `${TOPIC}-of-a-stranger`;
    const signed: Message = {
      ...notification,
      TopicArn: stranger,
      Message: `forged\nMessageId\n1\nTimestamp\n2\nTopicArn\n${TOPIC}\nType\nforged`,
    };
    const forgery = {
      Message: "forged",
      MessageId: "1",
      Timestamp: "2",
      TopicArn: TOPIC,
      Type: `forged\nMessageId\n${signed.MessageId}\nTimestamp\n${signed.Timestamp}\nTopicArn\n${stranger}\nType\nNotification`,
    };
    expect(verdictOf(await receive(awsSns, send(signed, forgery), settings))).toBe(
      "claim-mismatch",
    );
  });

  it("refuses a message of the topic that was cut elsewhere", async () => {
    const signed: Message = { ...notification, Message: "cut\nMessageId\nforged" };
    const forgery = { Message: "cut", MessageId: `forged\nMessageId\n${signed.MessageId}` };
    expect(verdictOf(await receive(awsSns, send(signed, forgery), settings))).toBe(
      "claim-mismatch",
    );
  });

  it("accepts any of several topics", async () => {
    const several = { topicArn: `arn:aws:sns:eu-central-1:1:Other, ${TOPIC}` };
    const outcome = await receive(awsSns, send(notification), { ...settings, options: several });
    expect(verdictOf(outcome)).toBe("accepted");
  });

  it("confirms a subscription at Amazon, once the message is verified", async () => {
    const fetchText = jest.fn(async () => "<ConfirmSubscriptionResponse/>");
    const outcome = await receive(awsSns, send(confirmation), { ...settings, fetchText });
    expect(outcome).toMatchObject({ kind: "challenge", reply: { status: 200 } });
    expect(fetchText.mock.calls).toEqual([[SUBSCRIBE_URL]]);
  });

  it.each([
    "https://evil.example.com/?Action=ConfirmSubscription",
    "http://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription",
    "https://sns.eu-central-1.amazonaws.com.evil.example.com/?Action=ConfirmSubscription",
    "https://sns.eu-central-1.amazonaws.com/?Action=Unsubscribe",
    "https://sqs.eu-central-1.amazonaws.com/?Action=ConfirmSubscription",
  ])("never confirms at %s", async (SubscribeURL) => {
    const fetchText = jest.fn(async () => "");
    const request = send({ ...confirmation, SubscribeURL });
    const outcome = await receive(awsSns, request, { ...settings, fetchText });
    expect(verdictOf(outcome)).toBe("claim-mismatch");
    expect(fetchText).not.toHaveBeenCalled();
  });

  it("does not confirm a forged confirmation", async () => {
    const fetchText = jest.fn(async () => "");
    const request = send(confirmation, { Token: "forged" });
    const outcome = await receive(awsSns, request, { ...settings, fetchText });
    expect(verdictOf(outcome)).toBe("signature-mismatch");
    expect(fetchText).not.toHaveBeenCalled();
  });

  it("delivers the end of a subscription as an event", async () => {
    const message = { ...confirmation, Type: "UnsubscribeConfirmation" };
    const outcome = await receive(awsSns, send(message), settings);
    expect(outcome).toMatchObject({ kind: "accepted", delivery: { type: message.Type } });
  });

  it("verifies with the certificate from Amazon when no secret is given", async () => {
    const fetchText = jest.fn(async () => publicKey);
    const outcome = await receive(awsSns, send(notification), { secrets: [], options, fetchText });
    expect(verdictOf(outcome)).toBe("accepted");
    expect(fetchText.mock.calls).toEqual([[CERTIFICATE_URL]]);
  });

  it.each([
    "https://evil.example.com/SimpleNotificationService-f3ec.pem",
    "https://sns.eu-central-1.amazonaws.com.evil.example.com/SimpleNotificationService-f3ec.pem",
    "http://sns.eu-central-1.amazonaws.com/SimpleNotificationService-f3ec.pem",
    "https://sns.eu-central-1.amazonaws.com/?Action=GetTopicAttributes&x=.pem",
    "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-f3ec.pem?x=1",
    "https://bucket.s3.amazonaws.com/SimpleNotificationService-f3ec.pem",
  ])("never fetches a certificate from %s", async (SigningCertURL) => {
    const fetchText = jest.fn(async () => publicKey);
    const request = send({ ...notification, SigningCertURL });
    const outcome = await receive(awsSns, request, { secrets: [], options, fetchText });
    expect(verdictOf(outcome)).toBe("key-unavailable");
    expect(fetchText).not.toHaveBeenCalled();
  });

  it("refuses raw message delivery, which is not signed", async () => {
    const request = toOutbound({ contentType: "text/plain; charset=UTF-8", body: "Hello" });
    expect(verdictOf(await receive(awsSns, request, settings))).toBe("signature-missing");
  });
});
