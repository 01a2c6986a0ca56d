import {
  answer,
  closeStubs,
  handOut,
  openSqsStub,
  refuse,
  type StubCall,
} from "../../../support/queue/sqs-stub";

afterEach(closeStubs);

const header = (id: string, enqueuedAt: number, sequence: string) =>
  JSON.stringify({
    hookline: 1,
    orderingKey: "a",
    dedupeKey: id,
    origin: { id, enqueuedAt, sequence, group: "group a" },
    aside: { reason: `why ${id}`, attempt: 2 },
  });

const toLetter = (id: string, enqueuedAt: number, sequence = "1", copy = "") => ({
  MessageId: `dead ${id}${copy}`,
  ReceiptHandle: `receipt ${id}${copy}`,
  Body: `${header(id, enqueuedAt, sequence)}\n"${id}"`,
  Attributes: { ApproximateReceiveCount: "1", SentTimestamp: "1700000000000" },
});

type Letter = ReturnType<typeof toLetter>;

/** A queue of dead letters that hands out ten at a time, those that nobody holds. */
const openLetters = async (
  letters: readonly Letter[],
  override: (call: StubCall) => ReturnType<typeof handOut> | undefined = () => undefined,
) => {
  const kept = [...letters];
  const held = new Set<string>();
  const receiptsOf = ({ input }: StubCall) =>
    input.Entries.map(({ ReceiptHandle }) => ReceiptHandle);
  const actions: Readonly<Record<string, (call: StubCall) => ReturnType<typeof handOut>>> = {
    ReceiveMessage: () => {
      const free = kept.filter(({ ReceiptHandle }) => !held.has(ReceiptHandle)).slice(0, 10);
      for (const { ReceiptHandle } of free) held.add(ReceiptHandle);
      return handOut(free);
    },
    ChangeMessageVisibilityBatch: (call) => {
      for (const receipt of receiptsOf(call)) held.delete(receipt);
      return answer({});
    },
    DeleteMessageBatch: (call) => {
      const receipts = receiptsOf(call);
      const rest = kept.filter(({ ReceiptHandle }) => !receipts.includes(ReceiptHandle));
      kept.splice(0, kept.length, ...rest);
      return answer({});
    },
  };
  const stub = await openSqsStub((call) => override(call) ?? actions[call.action]?.(call));
  return { ...stub, kept, held };
};

const shuffled = [3, 11, 1, 12, 5, 2, 9, 4, 10, 6, 8, 7].map((number) =>
  toLetter(`m${number}`, 1_700_000_000_000 + number),
);

describe("dead letters", () => {
  it("are listed oldest first over pages, and put back", async () => {
    const { driver, held, kept } = await openLetters(shuffled);
    const ids: string[][] = [];
    let cursor: string | null = null;
    do {
      const page = await driver.listDeadLetters("orders", { limit: 5, cursor });
      ids.push(page.deadLetters.map(({ id }) => id));
      cursor = page.cursor;
      expect(held.size).toBe(0);
    } while (cursor !== null);
    expect(ids).toEqual([
      ["m1", "m2", "m3", "m4", "m5"],
      ["m6", "m7", "m8", "m9", "m10"],
      ["m11", "m12"],
    ]);
    expect(kept).toHaveLength(12);
  });

  it("of the same time stand by their sequence, and one that is there twice counts once", async () => {
    const { driver } = await openLetters([
      toLetter("second", 5, "18849496460467696128"),
      toLetter("first", 5, "9849496460467696128"),
      toLetter("second", 5, "18849496460467696128", "again"),
    ]);
    const { deadLetters } = await driver.listDeadLetters("orders", { limit: 10, cursor: null });
    expect(deadLetters.map(({ id }) => id)).toEqual(["first", "second"]);
    expect(deadLetters[0]).toMatchObject({
      orderingKey: "a",
      reason: "why first",
      attempt: 2,
      enqueuedAt: new Date(5),
      deadAt: new Date(1_700_000_000_000),
    });
  });

  it("are put back when listing them fails", async () => {
    let turn = 0;
    const { driver, held } = await openLetters(shuffled, ({ action }) => {
      if (action !== "ReceiveMessage") return undefined;
      turn += 1;
      return turn === 2 ? refuse("AccessDenied") : undefined;
    });
    const page = { limit: 10, cursor: null };
    await expect(driver.listDeadLetters("orders", page)).rejects.toMatchObject({
      code: "CONNECTION_INVALID",
    });
    expect(held.size).toBe(0);
  });

  it("go back one after the other to their group, by messages of ours and not by a move of SQS", async () => {
    const { driver, calls, inputsOf, kept } = await openLetters(shuffled);
    expect(await driver.redrive("orders", "all")).toBe(12);
    const sent = inputsOf("SendMessageBatch");
    expect(sent).toHaveLength(12);
    expect(sent.flatMap(({ Entries }) => Entries.map(({ MessageBody }) => MessageBody))).toEqual(
      Array.from({ length: 12 }, (_, index) => expect.stringContaining(`\n"m${index + 1}"`)),
    );
    expect(new Set(sent.map(({ Entries }) => Entries[0]!.MessageGroupId))).toEqual(
      new Set(["group a"]),
    );
    expect(sent[0]!.Entries[0]!.MessageBody).not.toContain("why");
    expect(kept).toEqual([]);
    expect(calls.some(({ action }) => action.includes("MoveTask"))).toBe(false);
  });

  it("that are not named stay, and are free at once", async () => {
    const { driver, kept, held } = await openLetters(shuffled);
    expect(await driver.redrive("orders", ["m2", "m7", "unknown"])).toBe(2);
    expect(kept).toHaveLength(10);
    expect(
      [...held].filter((receipt) => kept.some((one) => one.ReceiptHandle === receipt)),
    ).toEqual([]);
    expect(await driver.discard("orders", ["m1"])).toBe(1);
    expect(kept).toHaveLength(9);
  });

  it("stay when they cannot be sent, and are named in the same way the next time", async () => {
    let isDown = true;
    const { driver, kept, held, inputsOf } = await openLetters(
      shuffled.slice(0, 1),
      ({ action }) =>
        action === "SendMessageBatch" && isDown ? refuse("AccessDenied") : undefined,
    );
    await expect(driver.redrive("orders", "all")).rejects.toMatchObject({
      code: "CONNECTION_INVALID",
    });
    expect(kept).toHaveLength(1);
    expect(held.size).toBe(0);
    isDown = false;
    expect(await driver.redrive("orders", "all")).toBe(1);
    const names = inputsOf("SendMessageBatch").map((one) => one.Entries[0]!.MessageDeduplicationId);
    expect(names).toHaveLength(2);
    expect(new Set(names).size).toBe(1);
  });

  it("do not mind a receipt that was lost on the way back", async () => {
    const { driver } = await openLetters(shuffled, ({ action, input }) =>
      action === "ChangeMessageVisibilityBatch"
        ? answer({
            Successful: [],
            Failed: input.Entries.map(({ Id }) => ({
              Id,
              Code: "ReceiptHandleIsInvalid",
              SenderFault: true,
            })),
          })
        : undefined,
    );
    const { deadLetters } = await driver.listDeadLetters("orders", { limit: 20, cursor: null });
    expect(deadLetters).toHaveLength(12);
  });
});
