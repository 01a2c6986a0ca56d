import { confirmByUrl } from "../challenges/confirm-by-url";
import { bodyEvents } from "../events/body-events";
import { readJsonBody } from "../http/json-body";
import { readPath, toText } from "../http/json-path";
import { choice } from "../signatures/choice";
import { publicKey } from "../signatures/public-key";
import { pemKey } from "../signatures/public-keys";
import type { Evidence } from "../signatures/scheme";
import type { SignedContent } from "../signatures/signed-content";
import { defineProvider } from "./provider";

const host = /^sns\.[a-z0-9-]{3,}\.amazonaws\.com(\.cn)?$/;
const certificatePath = /^\/SimpleNotificationService-\w+\.pem$/;
const notification = ["Message", "MessageId", "Subject?", "Timestamp", "TopicArn", "Type"];
const confirmation = [
  "Message",
  "MessageId",
  "SubscribeURL",
  "Timestamp",
  "Token",
  "TopicArn",
  "Type",
];

/** Amazon breaks no line in these. Only so can what was signed be cut into fields in one way: the message may hold anything. */
const oneLiners = [
  "MessageId",
  "SubscribeURL",
  "Subject",
  "Timestamp",
  "Token",
  "TopicArn",
  "Type",
];

/** Name and value of each field on a line of its own; a notification without a subject has no line for it. */
const content: SignedContent = ({ json }) => {
  const names = json("Type")?.endsWith("Confirmation") ? confirmation : notification;
  return names.flatMap((entry) => {
    const name = entry.replace("?", "");
    const value = json(name);
    return value === undefined && name !== entry ? [] : [`${name}\n`, value, "\n"];
  });
};

const readField = ({ request }: Evidence, name: string) =>
  toText(readPath(readJsonBody(request), name)) ?? "";

/** Anyone with an AWS account can have Amazon sign a message to anyone. */
const checkTopic = (evidence: Evidence): string | undefined => {
  const topics = evidence.options.topicArn?.split(/[\s,]+/).filter(Boolean) ?? [];
  if (topics.length === 0)
    return "Add topicArn to Options: Amazon signs for every topic, a stranger's too.";
  return topics.includes(readField(evidence, "TopicArn"))
    ? undefined
    : "The message is of another topic than the one in topicArn.";
};

const checkClaims = (evidence: Evidence): string | undefined =>
  oneLiners.some((name) => readField(evidence, name).includes("\n"))
    ? "A field other than Message holds a line break: the message was cut into other fields than were signed."
    : checkTopic(evidence);

const signedWith = (hash: "sha1" | "sha256") =>
  publicKey({
    algorithm: "rsa",
    hash,
    encoding: "base64",
    signature: { json: "Signature" },
    content,
    key: pemKey,
    source: {
      url: (request) => toText(readPath(readJsonBody(request), "SigningCertURL")),
      isPinned: ({ hostname, pathname, search }) =>
        host.test(hostname) && certificatePath.test(pathname) && !search,
      host: "sns.<region>.amazonaws.com",
    },
    claims: checkClaims,
  });

export const awsSns = defineProvider({
  id: "aws-sns",
  name: "Amazon SNS",
  docs: "https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html",
  evidence: "sdk",
  secret:
    "Nothing: the certificate is fetched from Amazon. To do without that, the certificate of your region as PEM",
  signature: choice({
    schemes: { sha256: signedWith("sha256"), sha1: signedWith("sha1") },
    choose: (evidence) => {
      const version = evidence.options.signatureVersion || readField(evidence, "SignatureVersion");
      return version === "1" ? "sha1" : "sha256";
    },
  }),
  options: {
    topicArn: "The topic's ARN (several: separated by commas). Required",
    signatureVersion: "2 to refuse messages that are signed with SHA-1, which is version 1",
  },
  sampleOptions: { topicArn: "arn:aws:sns:us-east-1:123456789012:MyTopic" },
  challenge: confirmByUrl({
    when: { all: [{ json: "Type", equals: "SubscriptionConfirmation" }] },
    url: { json: "SubscribeURL" },
    isPinned: ({ hostname, searchParams }) =>
      host.test(hostname) && searchParams.get("Action") === "ConfirmSubscription",
  }),
  events: bodyEvents({
    id: "MessageId",
    type: { first: ["Type", { header: "x-amz-sns-message-type" }] },
  }),
  notes: [
    "Raw message delivery is not signed: leave it off.",
    "Confirmations are signed over Message, MessageId, SubscribeURL, Timestamp, Token, TopicArn and Type.",
    "The topic's own message is the text in Message. Topics without FIFO have no order, and FIFO topics do not deliver over HTTP.",
    "A message is signed once, with the time it was published: retries, up to 23 days, cannot be told from replays by time.",
  ],
  samples: {
    Notification: {
      contentType: "text/plain; charset=UTF-8",
      headers: { "x-amz-sns-message-type": "Notification" },
      body: {
        Type: "Notification",
        MessageId: "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
        TopicArn: "arn:aws:sns:us-east-1:123456789012:MyTopic",
        Subject: "My First Message",
        Message: "Hello world!",
        Timestamp: "2026-03-01T10:00:00.000Z",
        SignatureVersion: "2",
        SigningCertURL:
          "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-f3ecfb7224c7233fe7bb5f59f96de52f.pem",
        UnsubscribeURL: "https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe",
      },
    },
  },
});
