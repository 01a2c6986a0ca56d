import { createHash } from "node:crypto";
import fc from "fast-check";
import { type Sending, toBatches } from "../../../../src/queue/drivers/sqs/send";
import type { NewMessage } from "../../../../src/queue/message";
import { answer, closeStubs, openSqsStub, refuse } from "../../../support/queue/sqs-stub";

afterEach(closeStubs);

const message = (orderingKey: string, dedupeKey: string, body = "1"): NewMessage => ({
  orderingKey,
  dedupeKey,
  body,
  delaySeconds: 0,
});

const bodiesOf = (text: string): string => text.slice(text.indexOf("\n") + 1);

describe("enqueueing", () => {
  it("never puts two messages of a key into one batch, because SQS may take the second without the first", async () => {
    const { driver, inputsOf } = await openSqsStub(() => undefined);
    const messages = ["a1", "a2", "b1", "a3", "c1", "b2"].map((id) =>
      message(id.slice(0, 1), id, id),
    );
    await driver.enqueue("orders", messages, 300);
    const batches = inputsOf("SendMessageBatch").map(({ Entries }) =>
      Entries.map(({ MessageBody }) => bodiesOf(MessageBody)),
    );
    expect(batches).toEqual([["a1", "b1", "c1"], ["a2", "b2"], ["a3"]]);
  });

  it("stops at the first entry that is refused, so that nothing of its key comes behind it", async () => {
    const { driver, inputsOf } = await openSqsStub(({ action, input }) => {
      if (action !== "SendMessageBatch") return undefined;
      const [Failed, Successful] = [input.Entries.slice(0, 1), input.Entries.slice(1)];
      return answer({
        Successful: Successful.map(({ Id }) => ({ Id, MessageId: Id })),
        Failed: Failed.map(({ Id }) => ({ Id, Code: "InternalError", SenderFault: false })),
      });
    });
    await expect(
      driver.enqueue("orders", [message("a", "1"), message("b", "2"), message("a", "3")], 300),
    ).rejects.toMatchObject({ code: "QUEUE_UNAVAILABLE", retryable: true });
    expect(inputsOf("SendMessageBatch")).toHaveLength(1);
  });

  it("names the same messages in the same way when it is repeated, so that SQS drops what it has", async () => {
    const { driver, inputsOf } = await openSqsStub(({ action }, turn) =>
      action === "SendMessageBatch" && turn <= 3 ? "no answer" : undefined,
    );
    const messages = [message("a", "1"), message("b", "2")];
    await expect(driver.enqueue("orders", messages, 300)).rejects.toMatchObject({
      code: "QUEUE_UNAVAILABLE",
      retryable: true,
    });
    await driver.enqueue("orders", messages, 300);
    const named = inputsOf("SendMessageBatch").map(({ Entries }) =>
      Entries.map(({ MessageDeduplicationId }) => MessageDeduplicationId).join(),
    );
    expect(named).toHaveLength(4);
    expect(new Set(named).size).toBe(1);
  });

  it("keeps a batch below 1 MiB and below eleven messages", async () => {
    const { driver, inputsOf } = await openSqsStub(() => undefined);
    const large = Array.from({ length: 4 }, (_, index) =>
      message(`large ${index}`, `large ${index}`, "x".repeat(400_000)),
    );
    const small = Array.from({ length: 25 }, (_, index) => message(`${index}`, `${index}`));
    await driver.enqueue("orders", [...large, ...small], 300);
    const batches = inputsOf("SendMessageBatch").map(({ Entries }) => Entries);
    expect(batches.flat()).toHaveLength(29);
    for (const entries of batches) {
      const bytes = entries.reduce((sum, entry) => sum + Buffer.byteLength(entry.MessageBody), 0);
      expect(bytes).toBeLessThanOrEqual(1_048_576);
      expect(entries.length).toBeLessThanOrEqual(10);
    }
  });

  it("hands SQS hashes for keys, because its own may not be long or of any characters", async () => {
    const { driver, inputsOf } = await openSqsStub(() => undefined);
    await driver.enqueue("orders", [message("Zoë\u0000", "\ud800")], 300);
    const [{ Entries } = { Entries: [] }] = inputsOf("SendMessageBatch");
    const hash = (text: string) => createHash("sha256").update(text, "utf16le").digest("hex");
    expect(Entries[0]).toMatchObject({
      MessageGroupId: hash("Zoë\u0000"),
      MessageDeduplicationId: hash("\ud800"),
    });
    expect(Entries[0]!.MessageBody).not.toMatch(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]/);
  });

  it("gives repeats inside a call the id of the first, and sends that only", async () => {
    const { driver, inputsOf } = await openSqsStub(() => undefined);
    const enqueued = await driver.enqueue("orders", [message("a", "1"), message("b", "1")], 300);
    expect(enqueued).toEqual([
      { status: "enqueued", id: "sent-0" },
      { status: "enqueued", id: "sent-0" },
    ]);
    expect(inputsOf("SendMessageBatch")).toHaveLength(1);
  });

  it("says what to do where the queue takes smaller messages only", async () => {
    const { driver } = await openSqsStub(({ action }) =>
      action === "SendMessageBatch"
        ? refuse(
            "InvalidParameterValue",
            "One or more parameters are invalid. Reason: Message must be shorter than 262144 bytes.",
          )
        : undefined,
    );
    await expect(driver.enqueue("orders", [message("a", "1")], 300)).rejects.toMatchObject({
      code: "QUEUE_UNUSABLE",
      message: expect.stringContaining("maximum message size"),
    });
  });
});

describe("batches", () => {
  const anySending = fc.record({
    group: fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"),
    dedupeId: fc.uuid(),
    text: fc.constantFrom("x", "é".repeat(100_000), "x".repeat(600_000), "x".repeat(1_048_576)),
  });

  it("hold everything once, each group in order and never twice in one batch", () => {
    const bytesOf = (batch: readonly Sending[]) =>
      batch.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
    fc.assert(
      fc.property(fc.array(anySending, { maxLength: 60 }), (sendings) => {
        const batches = [...toBatches(sendings)];
        for (const batch of batches) {
          expect(new Set(batch.map(({ group }) => group)).size).toBe(batch.length);
          expect(batch.length).toBeLessThanOrEqual(10);
          expect(bytesOf(batch)).toBeLessThanOrEqual(1_048_576);
        }
        const namesOf = (list: readonly Sending[], wanted: string) =>
          list.filter(({ group }) => group === wanted).map(({ dedupeId }) => dedupeId);
        for (const group of new Set(sendings.map((sending) => sending.group)))
          expect(namesOf(batches.flat(), group)).toEqual(namesOf(sendings, group));
        expect(batches.flat()).toHaveLength(sendings.length);
      }),
      { numRuns: 50 },
    );
  });
});
