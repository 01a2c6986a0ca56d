import type { LeaseRequest } from "../../../../src/queue/driver";
import { closeStubs, handOut, openSqsStub, refuse } from "../../../support/queue/sqs-stub";

afterEach(closeStubs);

const request: LeaseRequest = {
  maximumMessages: 1,
  maximumPerKey: 1,
  leaseSeconds: 30,
  maximumAttempts: 3,
  onExhausted: "deadLetter",
  exhaustedReason: "exhausted",
};

const toMessage = (id: string, receiveCount = 1, body = id) => ({
  MessageId: id,
  ReceiptHandle: `receipt ${id}`,
  Body: body,
  Attributes: {
    ApproximateReceiveCount: String(receiveCount),
    SentTimestamp: "1700000000000",
    SequenceNumber: "18849496460467696128",
    MessageGroupId: "group",
    MessageDeduplicationId: "dedupe",
  },
});

describe("leasing", () => {
  it("asks for one message at a time, because SQS would fill an answer with the next ones of the same key", async () => {
    const { driver, inputsOf } = await openSqsStub(({ action }, turn) =>
      action === "ReceiveMessage" && turn <= 20 ? handOut([toMessage(`m${turn}`)]) : undefined,
    );
    const leased = await driver.lease("orders", { ...request, maximumMessages: 20 });
    expect(leased).toHaveLength(20);
    const receives = inputsOf("ReceiveMessage");
    expect(new Set(receives.map(({ MaxNumberOfMessages }) => MaxNumberOfMessages))).toEqual(
      new Set([1]),
    );
    const attempts = receives.map(({ ReceiveRequestAttemptId }) => ReceiveRequestAttemptId);
    expect(new Set(attempts).size).toBe(20);
  });

  it("stops where the bodies are more than a run can hold, because what nobody can settle loses its attempts", async () => {
    const body = "x".repeat(1_000_000);
    const { driver } = await openSqsStub(({ action }, turn) =>
      action === "ReceiveMessage" ? handOut([toMessage(`m${turn}`, 1, body)]) : undefined,
    );
    const leased = await driver.lease("orders", { ...request, maximumMessages: 100 });
    expect(leased.length).toBeGreaterThan(30);
    expect(leased.length).toBeLessThan(50);
  });

  it("waits a second for the first message, so that SQS asks all of its servers, and not for the others", async () => {
    const { driver, inputsOf } = await openSqsStub(({ action }, turn) =>
      action === "ReceiveMessage" && turn === 1 ? handOut([toMessage("m")]) : undefined,
    );
    expect(await driver.lease("orders", { ...request, maximumMessages: 3 })).toHaveLength(1);
    expect(inputsOf("ReceiveMessage").map(({ WaitTimeSeconds }) => WaitTimeSeconds)).toEqual([
      1, 0, 0,
    ]);
  });

  it("asks again by the same attempt where an answer was lost, so that its messages are not", async () => {
    const { driver, inputsOf } = await openSqsStub(({ action }, turn) => {
      if (action !== "ReceiveMessage") return undefined;
      return turn === 1 ? "no answer" : handOut([toMessage("m")]);
    });
    expect(await driver.lease("orders", request)).toHaveLength(1);
    const attempts = inputsOf("ReceiveMessage").map((input) => input.ReceiveRequestAttemptId);
    expect(attempts).toHaveLength(2);
    expect(new Set(attempts).size).toBe(1);
  });

  it("gives out what it has leased when a further call fails", async () => {
    const { driver } = await openSqsStub(({ action }, turn) => {
      if (action !== "ReceiveMessage") return undefined;
      return turn === 1 ? handOut([toMessage("m")]) : refuse("AccessDenied");
    });
    expect(await driver.lease("orders", { ...request, maximumMessages: 5 })).toHaveLength(1);
  });

  it("moves a message that has had its attempts, and goes on to the next", async () => {
    const { driver, inputsOf } = await openSqsStub(({ action }, turn) => {
      if (action !== "ReceiveMessage") return undefined;
      return handOut([turn === 1 ? toMessage("dead", 4) : toMessage("next", 1)]);
    });
    expect(await driver.lease("orders", request)).toMatchObject([{ id: "next", attempt: 1 }]);
    expect(inputsOf("DeleteMessage")).toMatchObject([{ ReceiptHandle: "receipt dead" }]);
    expect(inputsOf("SendMessageBatch")[0]!.Entries[0]!.MessageBody).toContain('"attempt":3');
  });

  it("tells the end of a lease by the clock of SQS", async () => {
    const date = "Tue, 14 Nov 2023 22:13:20 GMT";
    const { driver } = await openSqsStub(({ action }) =>
      action === "ReceiveMessage" ? handOut([toMessage("m")], { date }) : undefined,
    );
    expect(await driver.lease("orders", request)).toMatchObject([
      { expiresAt: new Date(Date.parse(date) + 30_000) },
    ]);
  });

  it("hands out a message that another program has put there, as it is", async () => {
    const { driver } = await openSqsStub(({ action }) =>
      action === "ReceiveMessage"
        ? handOut([toMessage("m", 1, "plain text\nof two lines")])
        : undefined,
    );
    expect(await driver.lease("orders", request)).toMatchObject([
      {
        id: "m",
        orderingKey: "group",
        dedupeKey: "dedupe",
        body: "plain text\nof two lines",
        enqueuedAt: new Date(1_700_000_000_000),
      },
    ]);
  });
});
