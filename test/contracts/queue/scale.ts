import type { Leased } from "../../../src/queue/queue";
import { createChance } from "../../support/queue/chance";
import { type Desk, type QueueSubject, toBodies, useQueues } from "./subject";

/** 37 to 40 of the behaviours. */
export const describeScaleAndInput = (subject: QueueSubject): void => {
  const { largestBodyBytes, longestDelaySeconds, namesOldestKeys, countsWaitingAsLeased } =
    subject.traits;
  /** Released messages that wait, and are counted as leased. */
  const waitingAsLeased = countsWaitingAsLeased ? 1 : 0;

  describe("scale and input", () => {
    const openDesk = useQueues(subject);

    it("37: keeps the order with eight consumers that fail at random", async () => {
      const desk = await openDesk();
      const keys = Array.from({ length: 10 }, (_, index) => `key ${index}`);
      const drafts = Array.from({ length: 100 }, (_, index) => ({
        orderingKey: keys[index % keys.length]!,
        dedupeKey: String(index),
        body: index,
      }));
      await desk.queue.enqueue(drafts);
      const handled = new Map<string, number[]>(keys.map((key) => [key, []]));
      const chance = createChance(7);
      let left = drafts.length;
      const handle = async (own: Desk, message: Leased): Promise<void> => {
        if (chance() < 0.1) {
          await own.release(message, 0);
          return;
        }
        handled.get(message.orderingKey)?.push(message.body as number);
        expect(await own.acknowledge(message)).toBe("acknowledged");
        left -= 1;
      };
      const consume = async (): Promise<void> => {
        const own = desk.another();
        while (left > 0)
          for (const message of await own.take({ maximumMessages: 2, maximumAttempts: 1000 }))
            await handle(own, message);
      };
      await Promise.all(Array.from({ length: 8 }, consume));
      for (const numbers of handled.values())
        expect(numbers).toEqual([...numbers].sort((one, other) => one - other));
      expect([...handled.values()].flat()).toHaveLength(drafts.length);
    });

    it("38: carries 900 kB", async () => {
      const desk = await openDesk();
      const body = "é".repeat(450_000);
      await desk.queue.enqueue([{ orderingKey: "a", dedupeKey: "1", body }]);
      expect((await desk.takeOne()).body).toBe(body);
    });

    it("38: carries what just fits, and refuses one byte more before it is sent", async () => {
      const desk = await openDesk();
      const fits = "x".repeat(largestBodyBytes - 2);
      await desk.queue.enqueue([{ orderingKey: "a", dedupeKey: "1", body: fits }]);
      expect((await desk.takeOne()).body).toBe(fits);
      await expect(
        desk.queue.enqueue([{ orderingKey: "b", dedupeKey: "2", body: `${fits}x` }]),
      ).rejects.toMatchObject({
        code: "INPUT_INVALID",
        message: expect.stringContaining(`${largestBodyBytes}`),
      });
    });

    const oddTexts = [
      ["unicode", "Zoë 🦊 \u200f\u{1F9D1}\u200d"],
      ["wildcards", "a.*.>"],
      ["bars", "|||"],
      ["NUL", "a\u0000b"],
      ["a lone surrogate", "a\ud800"],
      ["quotes", `'"; drop table x; --\\`],
      ["blanks", " \n\t"],
      ["braces", "{a}{b}"],
      ["4 kB", "k".repeat(4096)],
    ] as const;
    it.each(oddTexts)("39: takes keys and bodies with %s", async (_, text) => {
      const desk = await openDesk();
      const body = { [text.slice(0, 100)]: text };
      await desk.queue.enqueue([
        { orderingKey: text, dedupeKey: text, body },
        { orderingKey: `${text.slice(1)}.`, dedupeKey: `${text.slice(1)}.`, body: text },
      ]);
      const leased = await desk.take({ maximumMessages: 2 });
      expect(leased).toHaveLength(2);
      expect(leased.find(({ orderingKey }) => orderingKey === text)).toMatchObject({
        dedupeKey: text,
        body,
      });
      for (const message of leased) expect(await desk.acknowledge(message)).toBe("acknowledged");
    });

    it("39: keeps keys apart that differ in case, composition or trailing blanks", async () => {
      const desk = await openDesk();
      const keys = ["a", "A", "a ", "\u00e9", "e\u0301"];
      await desk.queue.enqueue(
        keys.map((key) => ({ orderingKey: key, dedupeKey: key, body: key })),
      );
      const leased = await desk.take({ maximumMessages: 10 });
      expect(toBodies(leased).sort()).toEqual([...keys].sort());
    });

    it.each([
      ["an empty ordering key", { orderingKey: "" }, "Ordering Key"],
      ["an empty dedupe key", { dedupeKey: "" }, "Dedupe Key"],
      ["an ordering key of 4,097 bytes", { orderingKey: "k".repeat(4097) }, "Ordering Key"],
      ["a dedupe key of 4,097 bytes", { dedupeKey: `${"é".repeat(2048)}k` }, "Dedupe Key"],
      ["a negative delay", { delaySeconds: -1 }, "Delay"],
      ["a huge delay", { delaySeconds: 2_592_001 }, "Delay"],
      ["no body", { body: undefined }, "Body"],
      ["a body that cannot be kept", { body: 1n }, "Body"],
    ])("39: refuses %s and says which input it is", async (_, wrong, label) => {
      const desk = await openDesk();
      const draft = { orderingKey: "a", dedupeKey: "1", body: "1", ...wrong };
      await expect(desk.queue.enqueue([draft])).rejects.toMatchObject({
        code: "INPUT_INVALID",
        message: expect.stringContaining(label),
      });
      expect(await desk.take()).toEqual([]);
    });

    const bodies: readonly (readonly [string, unknown])[] = [
      ["null", null],
      ["an empty text", ""],
      ["what looks like marked bytes", { $base64: "eA==" }],
      ["a number", 12.5],
      ["a list", [1, [2], {}]],
      ["bytes with a type", { data: Buffer.from([0, 255, 10]), contentType: "image/png" }],
    ];
    it.each(bodies)("39: carries %s", async (_, body) => {
      const desk = await openDesk();
      await desk.queue.enqueue([{ orderingKey: "a", dedupeKey: "1", body }]);
      expect((await desk.takeOne()).body).toEqual(body);
    });

    it("carries bytes without a type", async () => {
      const desk = await openDesk();
      await desk.queue.enqueue([{ orderingKey: "a", dedupeKey: "1", body: Buffer.from([0, 255]) }]);
      expect((await desk.takeOne()).body).toEqual(Buffer.from([0, 255]));
    });

    if (longestDelaySeconds > 0)
      it("holds a delayed message back, and those behind it", async () => {
        const desk = await openDesk();
        await desk.queue.enqueue([
          { orderingKey: "a", dedupeKey: "1", body: "1" },
          { orderingKey: "a", dedupeKey: "2", body: "2", delaySeconds: 60 },
          { orderingKey: "a", dedupeKey: "3", body: "3" },
        ]);
        expect(toBodies(await desk.take({ maximumMessages: 9, maximumPerKey: 9 }))).toEqual(["1"]);
        await desk.advance(31);
        expect(await desk.drain()).toEqual(["1"]);
        await desk.advance(30);
        expect(await desk.drain()).toEqual(["2", "3"]);
      });
    else
      it("refuses to delay a message, because the engine cannot", async () => {
        const desk = await openDesk();
        const draft = { orderingKey: "a", dedupeKey: "1", body: "1", delaySeconds: 1 };
        await expect(desk.queue.enqueue([draft])).rejects.toMatchObject({ code: "INPUT_INVALID" });
      });

    it("40: tells how the queue stands", async () => {
      const desk = await openDesk();
      expect(await desk.queue.status()).toEqual({
        ready: 0,
        delayed: 0,
        leased: 0,
        blocked: 0,
        dead: 0,
        blockedKeys: 0,
        oldestReadySeconds: null,
        oldestKeys: [],
      });
      await desk.put("dead", "1");
      await desk.deadLetter(await desk.takeOne());
      await desk.put("waits", "2", "3");
      await desk.release(await desk.takeOne(), 3600);
      await desk.put("leased", "4", "5");
      await desk.takeOne({ leaseSeconds: 3600 });
      await desk.put("ready", "6", "7");
      await desk.advance(20);
      const status = await desk.queue.status();
      expect(status).toMatchObject({ leased: 1 + waitingAsLeased, dead: 1, blockedKeys: 0 });
      expect(status.ready + status.delayed).toBe(5 - waitingAsLeased);
      if (!namesOldestKeys) return;
      expect(status).toMatchObject({ ready: 3, delayed: 2, blocked: 0 });
      expect(status.oldestReadySeconds).toBeGreaterThanOrEqual(19);
      expect(status.oldestReadySeconds).toBeLessThan(60);
      expect(status.oldestKeys).toMatchObject([
        { orderingKey: "waits", messages: 2, state: "delayed" },
        { orderingKey: "leased", messages: 2, state: "leased" },
        { orderingKey: "ready", messages: 2, state: "ready" },
      ]);
    });

    it("makes a queue ready as often as it is asked to, and removes it with everything in it", async () => {
      const desk = await openDesk();
      await desk.put("a", "1", "2");
      await desk.deadLetter(await desk.takeOne());
      await desk.queue.ensure();
      expect(await desk.queue.status()).toMatchObject({ ready: 1, dead: 1 });
      const other = await openDesk();
      await other.put("a", "3");
      await desk.queue.remove();
      await desk.queue.remove();
      await desk.queue.ensure();
      expect(await desk.queue.status()).toMatchObject({ ready: 0, dead: 0 });
      expect(await desk.put("a", "1")).toEqual(["enqueued"]);
      expect(await other.drain()).toEqual(["3"]);
    });
  });
};
