import { answer, closeStubs, openSqsStub, refuse } from "../../../support/queue/sqs-stub";

afterEach(closeStubs);

const missing = refuse("QueueDoesNotExist", "The specified queue does not exist.");

const asOurs = {
  FifoQueue: "true",
  MessageRetentionPeriod: "1209600",
  MaximumMessageSize: "1048576",
  DeduplicationScope: "queue",
  DelaySeconds: "0",
};

describe("making a queue", () => {
  it("makes it and the one for its dead letters, with the longest retention and the largest size", async () => {
    const { driver, calls, inputsOf } = await openSqsStub(({ action, input }) => {
      if (action === "GetQueueUrl") return missing;
      if (action === "CreateQueue") return answer({ QueueUrl: `https://x/1/${input.QueueName}` });
      return answer({ Attributes: asOurs });
    });
    const { warnings } = await driver.ensure("orders");
    expect(inputsOf("CreateQueue")).toMatchObject(
      ["orders.fifo", "orders-dead.fifo"].map((QueueName) => ({
        QueueName,
        Attributes: {
          FifoQueue: "true",
          ContentBasedDeduplication: "false",
          MessageRetentionPeriod: "1209600",
          MaximumMessageSize: "1048576",
        },
      })),
    );
    for (const limit of ["14 days", "5 minutes", "120,000"])
      expect(warnings.join("\n")).toContain(limit);
    expect(warnings.join("\n")).not.toContain("was there already");
    const created = calls.findLastIndex(({ action }) => action === "CreateQueue");
    await driver.stats("orders");
    const after = calls.slice(created + 1).map(({ action }) => action);
    expect(after).toEqual(["GetQueueAttributes", "GetQueueAttributes"]);
  });

  it("creates nothing that is there, so that it needs no right to", async () => {
    const { driver, inputsOf } = await openSqsStub(({ action }) =>
      action === "GetQueueAttributes" ? answer({ Attributes: asOurs }) : undefined,
    );
    await driver.ensure("orders");
    expect(inputsOf("CreateQueue")).toEqual([]);
  });

  it.each([
    [{ MessageRetentionPeriod: "345600" }, "message retention period"],
    [{ MaximumMessageSize: "262144" }, "maximum message size"],
    [{ DeduplicationScope: "messageGroup" }, "deduplication scope"],
    [{ DelaySeconds: "5" }, "delivery delay"],
    [{ RedrivePolicy: '{"maxReceiveCount":3}' }, "redrive policy"],
  ])("warns of %j in a queue that was there", async (attributes, what) => {
    const { driver } = await openSqsStub(({ action }) =>
      action === "GetQueueAttributes"
        ? answer({ Attributes: { ...asOurs, ...attributes } })
        : undefined,
    );
    const { warnings } = await driver.ensure("orders");
    const own = warnings.filter((warning) => warning.includes("was there already"));
    expect(own).toHaveLength(2);
    for (const warning of own) expect(warning).toContain(what);
  });

  it("takes the queue that somebody else has made at the same moment with other attributes", async () => {
    const { driver } = await openSqsStub(({ action }, turn) => {
      if (action === "GetQueueUrl" && turn === 1) return missing;
      if (action === "CreateQueue") return refuse("QueueNameExists");
      return action === "GetQueueAttributes" ? answer({ Attributes: asOurs }) : undefined;
    });
    await expect(driver.ensure("orders")).resolves.toMatchObject({ warnings: expect.any(Array) });
  });

  it("says how long to wait where a queue of that name was removed a moment ago", async () => {
    const { driver } = await openSqsStub(({ action }) =>
      action === "GetQueueUrl"
        ? missing
        : refuse("QueueDeletedRecently", "You must wait 60 seconds after deleting a queue."),
    );
    await expect(driver.ensure("orders")).rejects.toMatchObject({
      code: "QUEUE_UNUSABLE",
      message: expect.stringContaining("Wait 60 seconds"),
    });
  });
});

describe("a queue that was removed", () => {
  it("is looked up again", async () => {
    const { driver, inputsOf } = await openSqsStub(({ action }, turn) => {
      if (action === "GetQueueUrl") return undefined;
      return turn === 1 ? missing : answer({ Attributes: {} });
    });
    await expect(driver.stats("orders")).rejects.toMatchObject({ code: "QUEUE_UNUSABLE" });
    await driver.stats("orders");
    await driver.stats("orders");
    expect(inputsOf("GetQueueUrl")).toHaveLength(4);
  });

  it("is not made by any other verb", async () => {
    const { driver, inputsOf } = await openSqsStub(() => missing);
    const draft = { orderingKey: "a", dedupeKey: "1", body: "1", delaySeconds: 0 };
    const verbs = [
      driver.enqueue("orders", [draft], 300),
      driver.redrive("orders", "all"),
      driver.discard("orders", ["1"]),
      driver.stats("orders"),
      driver.listDeadLetters("orders", { limit: 1, cursor: null }),
    ];
    for (const verb of verbs)
      await expect(verb).rejects.toMatchObject({
        code: "QUEUE_UNUSABLE",
        message: expect.stringContaining("Run Ensure Queue"),
      });
    expect(inputsOf("CreateQueue")).toEqual([]);
    await driver.remove("orders");
  });
});
