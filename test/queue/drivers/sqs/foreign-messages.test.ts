import { SQS } from "@aws-sdk/client-sqs";
import { createQueue } from "../../../../src/queue/queue";
import { acknowledge, deadLetter } from "../../../../src/queue/settle";
import { openSqsWorld, type SqsWorld } from "../../../support/queue/sqs-world";

const wish = {
  maximumMessages: 1,
  maximumPerKey: 1,
  leaseSeconds: 30,
  maximumAttempts: 10,
  backoffSeconds: 5,
  maximumBackoffSeconds: 60,
  onExhausted: "deadLetter",
} as const;

describe("messages of another program", () => {
  let world: SqsWorld;
  beforeAll(async () => {
    world = await openSqsWorld();
  }, 60_000);
  afterAll(() => world.close());

  it("are leased, set aside and redriven into their own group like ours", async () => {
    const { region = "", endpoint = "", accessKeyId = "", secretAccessKey = "" } = world.fields;
    const credentials = { accessKeyId, secretAccessKey };
    const sqs = new SQS({ region, endpoint, credentials });
    const driver = world.connect();
    const access = { connection: "sqsQueue", driver };
    const queue = createQueue(access, "foreign");
    await queue.ensure();
    const { QueueUrl } = await sqs.getQueueUrl({ QueueName: "foreign.fifo" });
    const send = (MessageBody: string, MessageDeduplicationId: string) =>
      sqs.sendMessage({ QueueUrl, MessageBody, MessageGroupId: "theirs", MessageDeduplicationId });

    await send('{"order":1}', "one");
    const [first] = await queue.lease(wish);
    expect(first).toMatchObject({ orderingKey: "theirs", dedupeKey: "one", body: { order: 1 } });
    await deadLetter(access, first!.lease, "not now");
    expect((await queue.listDeadLetters(10, null)).deadLetters).toMatchObject([
      { id: first!.id, orderingKey: "theirs", body: { order: 1 }, reason: "not now" },
    ]);

    await send("plain text", "two");
    expect(await queue.redrive("all")).toBe(1);
    const [second] = await queue.lease(wish);
    expect(second!.body).toBe("plain text");
    expect(await queue.lease(wish)).toEqual([]);
    await acknowledge(access, second!.lease);
    expect(await queue.lease(wish)).toMatchObject([
      { id: first!.id, orderingKey: "theirs", dedupeKey: "one", body: { order: 1 }, attempt: 1 },
    ]);
    sqs.destroy();
    await driver.close();
  });
});
