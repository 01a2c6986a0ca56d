import type { LeaseWish } from "../../../src/queue/lease-wish";
import { release } from "../../../src/queue/settle";
import { type Desk, type QueueSubject, toBodies, useQueues } from "./subject";

/** Leases the head of a key and lets the lease run out, as a run that dies does. */
const crash = async (desk: Desk, wish: Partial<LeaseWish> = {}): Promise<number> => {
  const { attempt } = await desk.takeOne({ ...wish, leaseSeconds: 5 });
  await desk.advance(6);
  return attempt;
};

/** 30 to 36 of the behaviours. */
export const describeRetry = (subject: QueueSubject): void => {
  const { canBlockKeys, mostPerKey } = subject.traits;

  describe("retry and dead letters", () => {
    const openDesk = useQueues(subject);

    it("30: makes the key wait for a released message, and nobody else", async () => {
      const desk = await openDesk();
      await desk.put("a", "1", "2");
      await desk.put("b", "3");
      expect(await desk.release(await desk.takeOne(), 20)).toBe("released");
      expect(await desk.drain()).toEqual(["3"]);
      await desk.advance(21);
      expect(await desk.takeOne()).toMatchObject({ body: "1", attempt: 2 });
    });

    it("hands out a message again at once that was released without a delay", async () => {
      const desk = await openDesk();
      await desk.put("a", "1", "2");
      expect(await desk.release(await desk.takeOne(), 0)).toBe("released");
      expect(await desk.takeOne()).toMatchObject({ body: "1", attempt: 2 });
    });

    it("31: waits longer after each failure, up to the cap", async () => {
      const desk = await openDesk();
      await desk.put("a", "1");
      const wish = { backoffSeconds: 100, maximumBackoffSeconds: 300 };
      const waits: number[] = [];
      for (const _ of [1, 2, 3, 4]) {
        const { lease } = await desk.takeOne(wish);
        const status = await desk.queue.status();
        expect(status.leased).toBe(1);
        const { availableAt } = await release(desk.access, lease, {
          delaySeconds: undefined,
          reason: "",
        });
        const now = await engineTime(desk);
        waits.push((Date.parse(availableAt ?? "") - now) / 1000);
        await desk.advance(301);
      }
      const [first, second, ...capped] = waits.map(Math.round);
      expect(first).toBeGreaterThanOrEqual(49);
      expect(first).toBeLessThanOrEqual(101);
      expect(second).toBeGreaterThanOrEqual(99);
      expect(second).toBeLessThanOrEqual(201);
      for (const wait of capped) expect(wait).toBeGreaterThanOrEqual(149);
      for (const wait of capped) expect(wait).toBeLessThanOrEqual(301);
    });

    it("32, 33: sets a message aside after its last attempt, and lets the key go on", async () => {
      const desk = await openDesk();
      await desk.put("a", "1", "2");
      const wish = { maximumAttempts: 2 };
      expect(await desk.release(await desk.takeOne(wish), 0)).toBe("released");
      const last = await desk.takeOne(wish);
      const answer = await release(desk.access, last.lease, {
        delaySeconds: 0,
        reason: "no such order",
      });
      expect(answer).toEqual({ status: "deadLettered", availableAt: null });
      expect(toBodies(await desk.take())).toEqual(["2"]);
      const { deadLetters } = await desk.queue.listDeadLetters(10, null);
      expect(deadLetters).toEqual([
        {
          id: last.id,
          orderingKey: "a",
          dedupeKey: "1",
          body: "1",
          attempt: 2,
          reason: "no such order",
          enqueuedAt: last.enqueuedAt,
          deadAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
          isBlocking: false,
        },
      ]);
    });

    it("32: counts runs that died as attempts", async () => {
      const desk = await openDesk();
      await desk.put("a", "1", "2");
      expect(await crash(desk, { maximumAttempts: 2 })).toBe(1);
      expect(await crash(desk, { maximumAttempts: 2 })).toBe(2);
      expect(await desk.takeOne({ maximumAttempts: 2 })).toMatchObject({ body: "2", attempt: 1 });
      const { deadLetters } = await desk.queue.listDeadLetters(10, null);
      expect(deadLetters).toMatchObject([
        { body: "1", attempt: 2, reason: expect.stringContaining("Leased 2 times") },
      ]);
    });

    it("sets aside at once what the flow wants set aside", async () => {
      const desk = await openDesk();
      await desk.put("a", "1", "2");
      expect(await desk.deadLetter(await desk.takeOne(), "not\u0000for us\n")).toBe("deadLettered");
      expect((await desk.queue.listDeadLetters(10, null)).deadLetters).toMatchObject([
        { body: "1", reason: "not for us", isBlocking: false },
      ]);
      expect(await desk.drain()).toEqual(["2"]);
    });

    if (canBlockKeys) {
      it("33: keeps the key waiting where the policy says so, and others not", async () => {
        const desk = await openDesk();
        await desk.put("a", "1", "2");
        await desk.put("b", "3");
        const wish = { maximumAttempts: 1, onExhausted: "block" as const };
        expect(await desk.release(await desk.takeOne(wish), 0)).toBe("blocked");
        expect(await desk.drain(wish)).toEqual(["3"]);
        await desk.advance(100_000);
        expect(await desk.take(wish)).toEqual([]);
        expect(await desk.queue.listDeadLetters(10, null)).toMatchObject({
          deadLetters: [{ body: "1", isBlocking: true }],
        });
        expect(await desk.queue.status()).toMatchObject({ blockedKeys: 1, blocked: 1, dead: 1 });
      });

      it("blocks the key as well when the last run died", async () => {
        const desk = await openDesk();
        await desk.put("a", "1", "2");
        const wish = { maximumAttempts: 1, onExhausted: "block" as const };
        await crash(desk, wish);
        expect(await desk.take(wish)).toEqual([]);
        expect(await desk.queue.status()).toMatchObject({ blockedKeys: 1, dead: 1 });
      });

      it("keeps a blocked key blocked for what is enqueued behind", async () => {
        const desk = await openDesk();
        await desk.put("a", "1");
        const wish = { maximumAttempts: 1, onExhausted: "block" as const };
        await desk.release(await desk.takeOne(wish), 0);
        await desk.put("a", "2");
        expect(await desk.take()).toEqual([]);
        expect(await desk.queue.redrive("all")).toBe(1);
        expect(await desk.drain()).toEqual(["1", "2"]);
      });

      it("takes up a blocked message where it stood when it is redriven, attempts reset", async () => {
        const desk = await openDesk();
        await desk.put("a", "1", "2");
        const wish = { maximumAttempts: 1, onExhausted: "block" as const };
        const message = await desk.takeOne(wish);
        await desk.release(message, 0);
        expect(await desk.queue.redrive([message.id])).toBe(1);
        const again = await desk.takeOne();
        expect(again).toMatchObject({ id: message.id, body: "1", attempt: 1 });
        await desk.acknowledge(again);
        expect(await desk.drain()).toEqual(["2"]);
        expect(await desk.queue.status()).toMatchObject({ blockedKeys: 0, dead: 0 });
      });

      it("takes up a blocked message that is alone in its key", async () => {
        const desk = await openDesk();
        const wish = { maximumAttempts: 1, onExhausted: "block" as const };
        await desk.put("a", "1");
        expect(await desk.release(await desk.takeOne(wish), 0)).toBe("blocked");
        expect(await desk.queue.redrive("all")).toBe(1);
        expect(await desk.drain()).toEqual(["1"]);
        await desk.put("a", "2");
        const second = await desk.takeOne(wish);
        expect(await desk.release(second, 0)).toBe("blocked");
        expect(await desk.queue.discard([second.id])).toBe(1);
        expect(await desk.drain()).toEqual([]);
        expect(await desk.queue.status()).toMatchObject({ blockedKeys: 0, blocked: 0, dead: 0 });
      });

      it("lets the key go on when the message that it waits for is discarded", async () => {
        const desk = await openDesk();
        await desk.put("a", "1", "2");
        const wish = { maximumAttempts: 1, onExhausted: "block" as const };
        const message = await desk.takeOne(wish);
        await desk.release(message, 0);
        expect(await desk.queue.discard([message.id])).toBe(1);
        expect(await desk.drain()).toEqual(["2"]);
        expect(await desk.queue.status()).toMatchObject({ blockedKeys: 0, blocked: 0, dead: 0 });
      });
    } else
      it("33: refuses to keep a key waiting, because the engine cannot", async () => {
        const desk = await openDesk();
        await expect(desk.take({ onExhausted: "block" })).rejects.toMatchObject({
          code: "INPUT_INVALID",
        });
      });

    it("34: does not count a poisonous message's attempts against those behind it", async () => {
      const desk = await openDesk();
      await desk.put("a", "poison", "2", "3");
      const wish = { maximumAttempts: 3, maximumMessages: 3, maximumPerKey: 3 };
      for (const attempt of [1, 2, 3]) expect(await crash(desk, wish)).toBe(attempt);
      const rest = await desk.take(wish);
      expect(rest.map(({ body, attempt }) => [body, attempt])).toEqual(
        [
          ["2", 1],
          ["3", 1],
        ].slice(0, mostPerKey),
      );
      expect((await desk.queue.listDeadLetters(10, null)).deadLetters).toMatchObject([
        { body: "poison" },
      ]);
    });

    it("35: redrives to the back of the key, attempts reset", async () => {
      const desk = await openDesk();
      await desk.put("a", "1", "2", "3");
      const first = await desk.takeOne();
      await desk.deadLetter(first);
      expect(await desk.queue.redrive([first.id])).toBe(1);
      const order: unknown[] = [];
      for (const _ of [1, 2, 3]) {
        const message = await desk.takeOne();
        order.push([message.body, message.attempt, message.orderingKey, message.dedupeKey]);
        await desk.acknowledge(message);
      }
      expect(order).toEqual([
        ["2", 1, "a", "2"],
        ["3", 1, "a", "3"],
        ["1", 1, "a", "1"],
      ]);
      expect((await desk.queue.listDeadLetters(10, null)).deadLetters).toEqual([]);
    });

    it("35: redrives all where no ids are given, in their order", async () => {
      const desk = await openDesk();
      await desk.put("a", "1", "2", "3");
      for (const _ of [1, 2, 3]) await desk.deadLetter(await desk.takeOne());
      expect(await desk.queue.redrive("all")).toBe(3);
      expect(await desk.drain()).toEqual(["1", "2", "3"]);
    });

    it("36: redrives nothing twice, and nothing from nothing", async () => {
      const desk = await openDesk();
      expect(await desk.queue.redrive("all")).toBe(0);
      await desk.put("a", "1");
      const message = await desk.takeOne();
      await desk.deadLetter(message);
      expect(await desk.queue.redrive([message.id, message.id, "unknown", "-1", "'"])).toBe(1);
      expect(await desk.queue.redrive([message.id])).toBe(0);
      expect(await desk.drain()).toEqual(["1"]);
    });

    it("discards dead letters, and only those that are named", async () => {
      const desk = await openDesk();
      await desk.put("a", "1", "2");
      const first = await desk.takeOne();
      await desk.deadLetter(first);
      await desk.deadLetter(await desk.takeOne());
      expect(await desk.queue.discard([first.id, "unknown"])).toBe(1);
      expect((await desk.queue.listDeadLetters(10, null)).deadLetters).toMatchObject([
        { body: "2" },
      ]);
    });

    it("lists dead letters page by page, oldest message first", async () => {
      const desk = await openDesk();
      for (const id of ["1", "2", "3", "4", "5"]) await desk.put(id, id);
      for (const _ of [1, 2, 3, 4, 5]) await desk.deadLetter(await desk.takeOne());
      const pages: unknown[][] = [];
      let cursor: string | null = null;
      do {
        const page = await desk.queue.listDeadLetters(2, cursor);
        pages.push(page.deadLetters.map(({ body }) => body));
        cursor = page.cursor;
      } while (cursor !== null);
      expect(pages.flat()).toEqual(["1", "2", "3", "4", "5"]);
      expect(Math.max(...pages.map(({ length }) => length))).toBeLessThanOrEqual(2);
    });

    it("refuses a cursor that it never gave, instead of beginning again", async () => {
      const desk = await openDesk();
      await expect(desk.queue.listDeadLetters(10, "next page")).rejects.toMatchObject({
        code: "INPUT_INVALID",
        message: expect.stringContaining("Cursor"),
      });
    });
  });
};

/** What the engine takes for now, in milliseconds: the time at which a message is enqueued. */
const engineTime = async (desk: Desk): Promise<number> => {
  const probe = desk.another();
  const key = `clock ${Math.random()}`;
  await probe.put(key, key);
  const messages = await probe.take({ maximumMessages: 100 });
  const clock = messages.find(({ orderingKey }) => orderingKey === key);
  if (!clock) throw new Error("the engine's clock cannot be read");
  await probe.acknowledge(clock);
  return Date.parse(clock.enqueuedAt);
};
