import { workerData } from "node:worker_threads";

/**
 * The emulator of SQS in a thread of its own, with a clock of its own, and with the answers of the real service where
 * the emulator gives others. Where those come from is said beside them.
 */
const { memory, announce } = workerData;
const offset = new Float64Array(memory);

const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(RealDate.now() + offset[0]);
    else super(...parts);
  }

  static now() {
    return RealDate.now() + offset[0];
  }
};

/** A file of the package that it does not export; loaded once, so this is the emulator's own. */
const load = (file) => import(new URL(file, import.meta.resolve("fauxqs")).href);

const { buildApp } = await import("fauxqs");
const { SqsStore } = await load("sqs/sqsStore.js");
const { INVALID_MESSAGE_BODY_CHAR } = await load("sqs/sqsTypes.js");
const { SnsStore } = await load("sns/snsStore.js");
const { S3Store } = await load("s3/s3Store.js");

/** The API reference of SendMessage allows #x10000 to #x10FFFF; the emulator refuses both halves of each. */
const refused = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;
INVALID_MESSAGE_BODY_CHAR.test = (text) => refused.test(text);

const sqsStore = new SqsStore();
const app = buildApp({
  logger: false,
  host: "127.0.0.1",
  stores: { sqsStore, snsStore: new SnsStore(), s3Store: new S3Store() },
});

/** Receipts by which messages were deleted: deleting again succeeds. */
const deleted = new Set();

/**
 * A FIFO queue deletes nothing by a receipt whose lease ran out, even if nobody else has the message:
 * https://github.com/aws/aws-sdk-js/issues/1279, https://github.com/localstack/localstack/pull/12442. The emulator does,
 * and expires leases only when somebody receives.
 */
const answerExpired = ({ QueueUrl, ReceiptHandle }) => {
  if (deleted.has(ReceiptHandle)) return undefined;
  if (!sqsStore.getQueue(QueueUrl)?.inflightMessages.has(ReceiptHandle))
    return `Value ${ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`;
  deleted.add(ReceiptHandle);
  return undefined;
};

app.addHook("preHandler", async (request, reply) => {
  sqsStore.processAllTimers();
  if (request.headers["x-amz-target"] !== "AmazonSQS.DeleteMessage") return undefined;
  const message = answerExpired(request.body);
  if (message === undefined) return undefined;
  return reply
    .status(400)
    .header("content-type", "application/x-amz-json-1.0")
    .send(JSON.stringify({ __type: "com.amazonaws.sqs#InvalidParameterValue", message }));
});

/** Node writes the header by the clock that it had before. */
app.addHook("onSend", async (_, reply) => {
  reply.header("date", new Date().toUTCString());
});

const address = await app.listen({ port: 0, host: "127.0.0.1" });
announce.postMessage(address);
announce.close();
