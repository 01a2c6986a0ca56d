import type { QueueDriver } from "../../../../src/queue/driver";
import {
  closeStubs,
  expiredReceipt,
  handOut,
  openSqsStub,
  refuse,
  type Script,
} from "../../../support/queue/sqs-stub";

afterEach(closeStubs);

const leaseRequest = {
  maximumMessages: 1,
  maximumPerKey: 1,
  leaseSeconds: 30,
  maximumAttempts: 10,
  onExhausted: "deadLetter",
  exhaustedReason: "exhausted",
} as const;

const handedOut = handOut([
  {
    MessageId: "m1",
    ReceiptHandle: "AQEBxyz",
    Body: '{"hookline":1,"orderingKey":"a","dedupeKey":"1"}\n"one"',
    Attributes: { ApproximateReceiveCount: "1", SentTimestamp: "1700000000000" },
  },
]);

/** A driver with one leased message, and an answer of the service to what is done with it. */
const openLeased = async (script: Script) => {
  const stub = await openSqsStub((call, turn) =>
    call.action === "ReceiveMessage" ? handedOut : script(call, turn),
  );
  const [message] = await stub.driver.lease("orders", leaseRequest);
  return { ...stub, claim: { queue: "orders", reference: message!.reference } };
};

describe("a lost lease", () => {
  it.each([
    ["expired", expiredReceipt],
    [
      "expired, in another wording",
      refuse(
        "InvalidParameterValue",
        "Value AQEBxyz for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.",
      ),
    ],
    ["not valid", refuse("ReceiptHandleIsInvalid", "The input receipt handle is invalid.")],
    ["not in flight", refuse("MessageNotInflight")],
    [
      "not in flight, by the older protocol",
      refuse("MessageNotInflight", "", {
        headers: { "x-amzn-query-error": "AWS.SimpleQueueService.MessageNotInflight;Sender" },
      }),
    ],
  ])("is stale where the receipt is %s, and sets nothing aside", async (_, refusal) => {
    const { driver, claim, inputsOf } = await openLeased(({ action }) =>
      /^(Delete|Change)/.test(action) ? refusal : undefined,
    );
    expect(await driver.acknowledge(claim)).toBe("stale");
    expect(await driver.extend(claim, 60)).toBe("stale");
    expect(await driver.release(claim, 0)).toBe("stale");
    expect(await driver.deadLetter(claim, { reason: "poison", blocksKey: false })).toBe("stale");
    expect(inputsOf("SendMessageBatch")).toEqual([]);
  });

  it("is not what any other wrong parameter means", async () => {
    const refusal = refuse("InvalidParameterValue", "Value x for parameter QueueUrl is invalid.");
    const { driver, claim } = await openLeased(({ action }) =>
      action === "DeleteMessage" ? refusal : undefined,
    );
    await expect(driver.acknowledge(claim)).rejects.toMatchObject({ code: "QUEUE_UNUSABLE" });
  });
});

describe("the 12 hours after a lease", () => {
  const HOUR = 3_600_000;
  const beyond = (at: number) =>
    refuse(
      "InvalidParameterValue",
      "Value 43200 for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [43200 seconds]",
      { headers: { date: new Date(at).toUTCString() } },
    );

  it.each(["extend", "release"] as const)(
    "%s as long as they still last, where more is asked for",
    async (verb) => {
      const { driver, claim, inputsOf } = await openLeased(({ action, input }) => {
        if (action !== "ChangeMessageVisibility") return undefined;
        return input.VisibilityTimeout === 43_200 ? beyond(Date.now() + HOUR) : undefined;
      });
      const end = await driver[verb](claim, 43_200);
      const got = inputsOf("ChangeMessageVisibility").at(-1);
      expect(got!.VisibilityTimeout).toBeGreaterThan(11 * 3600 - 10);
      expect(got!.VisibilityTimeout).toBeLessThan(11 * 3600);
      expect((end as Date).getTime()).toBeLessThan(Date.now() + 11 * HOUR);
    },
  );
});

describe("setting aside", () => {
  const aside = { reason: "no such order", blocksKey: false };

  it("renews the lease, sends the message, then deletes it", async () => {
    const { driver, claim, calls } = await openLeased(() => undefined);
    expect(await driver.deadLetter(claim, aside)).toBe("done");
    const after = calls.slice(calls.findIndex(({ action }) => action === "ReceiveMessage") + 1);
    expect(
      after.filter(({ action }) => action !== "GetQueueUrl").map(({ action }) => action),
    ).toEqual(["ChangeMessageVisibility", "SendMessageBatch", "DeleteMessage"]);
    const [{ input } = { input: undefined }] = after.filter(
      ({ action }) => action === "SendMessageBatch",
    );
    expect(input!.QueueUrl).toMatch(/orders-dead\.fifo$/);
    expect(input!.Entries[0]!.MessageBody).toContain("no such order");
  });

  it("deletes nothing that could not be sent, and makes one dead letter of two tries", async () => {
    let isDown = true;
    const { driver, claim, inputsOf } = await openLeased(({ action }) => {
      if (action !== "SendMessageBatch" || !isDown) return undefined;
      return refuse("AccessDenied", "", { status: 403 });
    });
    await expect(driver.deadLetter(claim, aside)).rejects.toMatchObject({
      code: "CONNECTION_INVALID",
    });
    expect(inputsOf("DeleteMessage")).toEqual([]);
    isDown = false;
    expect(await driver.deadLetter(claim, aside)).toBe("done");
    const ids = inputsOf("SendMessageBatch").map(
      ({ Entries }) => Entries[0]!.MessageDeduplicationId,
    );
    expect(new Set(ids).size).toBe(1);
  });

  it("refuses a lease that is none of this engine", async () => {
    const driver: QueueDriver = (await openSqsStub(() => undefined)).driver;
    for (const reference of ["", "1", "null", "[]", '["a","b",1,2,{},"!!"]'])
      await expect(driver.acknowledge({ queue: "orders", reference })).rejects.toMatchObject({
        code: "LEASE_INVALID",
      });
  });
});
