import { acknowledge, acknowledgeAll } from "../../../src/queue/settle";
import { type QueueSubject, toBodies, useQueues } from "./subject";

const realTimers = [
  "hrtime",
  "nextTick",
  "performance",
  "queueMicrotask",
  "setImmediate",
  "clearImmediate",
  "setInterval",
  "clearInterval",
  "setTimeout",
  "clearTimeout",
] as const;

/** 16 to 29 of the behaviours. */
export const describeLease = (subject: QueueSubject): void => {
  const { mostPerKey } = subject.traits;

  describe("lease", () => {
    const openDesk = useQueues(subject);

    it("tells everything about a message", async () => {
      const desk = await openDesk();
      const body = { deep: ["Zoë", null, 1.5, true] };
      const [enqueued] = await desk.queue.enqueue([{ orderingKey: "a", dedupeKey: "1", body }]);
      const message = await desk.takeOne();
      expect(message).toEqual({
        lease: expect.any(String),
        id: enqueued!.id,
        orderingKey: "a",
        dedupeKey: "1",
        attempt: 1,
        enqueuedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        body,
      });
      const leased = Date.parse(message.expiresAt) - Date.parse(message.enqueuedAt);
      expect(leased).toBeGreaterThanOrEqual(29_000);
      expect(leased).toBeLessThan(60_000);
    });

    it("16, 17: hands out the head again when its lease has run out, before its successor, by nobody's help", async () => {
      const desk = await openDesk();
      await desk.put("a", "1", "2");
      await desk.takeOne({ leaseSeconds: 5 });
      expect(await desk.take()).toEqual([]);
      await desk.advance(6);
      const again = await desk.takeOne();
      expect(again).toMatchObject({ body: "1", attempt: 2 });
      expect(await desk.take()).toEqual([]);
    });

    it("18: keeps a lease that was extended", async () => {
      const desk = await openDesk();
      await desk.put("a", "1");
      const message = await desk.takeOne({ leaseSeconds: 5 });
      expect(await desk.extend(message, 60)).toBe("extended");
      await desk.advance(30);
      expect(await desk.take()).toEqual([]);
      expect(await desk.acknowledge(message)).toBe("acknowledged");
    });

    it("extends from now on, so that a lease can be shortened as well", async () => {
      const desk = await openDesk();
      await desk.put("a", "1");
      const message = await desk.takeOne({ leaseSeconds: 600 });
      expect(await desk.extend(message, 5)).toBe("extended");
      await desk.advance(6);
      expect(await desk.takeOne()).toMatchObject({ body: "1", attempt: 2 });
    });

    it("19, 20: answers stale to whoever lost the lease, and changes nothing", async () => {
      const desk = await openDesk();
      await desk.put("a", "1", "2");
      const lost = await desk.takeOne({ leaseSeconds: 5 });
      await desk.advance(6);
      const current = await desk.takeOne();
      expect(await desk.acknowledge(lost)).toBe("stale");
      expect(await desk.release(lost, 0)).toBe("stale");
      expect(await desk.extend(lost, 60)).toBe("stale");
      expect(await desk.deadLetter(lost)).toBe("stale");
      expect(await desk.take()).toEqual([]);
      expect(await desk.acknowledge(current)).toBe("acknowledged");
      expect(await desk.drain()).toEqual(["2"]);
    });

    it("answers stale when the lease has run out, although nobody has it yet", async () => {
      const desk = await openDesk();
      await desk.put("a", "1");
      const lost = await desk.takeOne({ leaseSeconds: 5 });
      await desk.advance(6);
      expect(await desk.acknowledge(lost)).toBe("stale");
      expect(await desk.extend(lost, 60)).toBe("stale");
      expect(await desk.takeOne()).toMatchObject({ body: "1", attempt: 2 });
    });

    it("21: answers stale when the key has moved on", async () => {
      const desk = await openDesk();
      await desk.put("a", "1", "2");
      const lost = await desk.takeOne({ leaseSeconds: 5 });
      await desk.advance(6);
      await desk.acknowledge(await desk.takeOne());
      const second = await desk.takeOne();
      expect(await desk.acknowledge(lost)).toBe("stale");
      expect(await desk.release(lost, 0)).toBe("stale");
      expect(await desk.acknowledge(second)).toBe("acknowledged");
    });

    it("23: does not care about the clock of whoever calls", async () => {
      const desk = await openDesk();
      await desk.put("a", "1");
      const skewed = (hours: number) =>
        jest.useFakeTimers({ now: Date.now() + hours * 3_600_000, doNotFake: [...realTimers] });
      try {
        skewed(1);
        const message = await desk.takeOne({ leaseSeconds: 30 });
        expect(await desk.take()).toEqual([]);
        skewed(-2);
        expect(await desk.take()).toEqual([]);
        expect(await desk.acknowledge(message)).toBe("acknowledged");
      } finally {
        jest.useRealTimers();
      }
    });

    it("24: loses no order and no message when the engine's clock jumps forward or back", async () => {
      const desk = await openDesk();
      await desk.put("a", "1", "2");
      await desk.put("b", "3");
      const [first] = await desk.take({ leaseSeconds: 60 });
      await desk.advance(-3600);
      expect(await desk.acknowledge(first!)).toBe("acknowledged");
      await desk.put("b", "4");
      const rest = await desk.drain();
      expect(rest.filter((id) => id === "1" || id === "2")).toEqual(
        first!.body === "1" ? ["2"] : ["1", "2"],
      );
      await desk.put("a", "5");
      await desk.takeOne({ leaseSeconds: 60 });
      await desk.advance(7200);
      expect(await desk.takeOne()).toMatchObject({ body: "5", attempt: 2 });
    });

    it.each([0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 43_201])(
      "25: refuses a lease of %p seconds",
      async (leaseSeconds) => {
        const desk = await openDesk();
        await desk.put("a", "1");
        await expect(desk.take({ leaseSeconds })).rejects.toMatchObject({ code: "INPUT_INVALID" });
        const message = await desk.takeOne();
        await expect(desk.extend(message, leaseSeconds)).rejects.toMatchObject({
          code: "INPUT_INVALID",
        });
      },
    );

    it("26: lets another process settle", async () => {
      const desk = await openDesk();
      await desk.put("a", "1", "2");
      const message = JSON.parse(JSON.stringify(await desk.takeOne()));
      expect(await desk.another().acknowledge(message)).toBe("acknowledged");
      expect(await desk.drain()).toEqual(["2"]);
    });

    it("27, 29: changes nothing when an acknowledgement is repeated", async () => {
      const desk = await openDesk();
      await desk.put("a", "1", "2");
      const message = await desk.takeOne();
      expect(await desk.acknowledge(message)).toBe("acknowledged");
      const second = await desk.takeOne();
      expect(["stale", "acknowledged"]).toContain(await desk.acknowledge(message));
      expect(await desk.release(message, 0)).toBe("stale");
      expect(await desk.take()).toEqual([]);
      expect(await desk.acknowledge(second)).toBe("acknowledged");
      expect(await desk.take()).toEqual([]);
    });

    it("28: refuses what is no lease, was cut off, changed or belongs elsewhere", async () => {
      const desk = await openDesk();
      await desk.put("a", "1");
      const { lease } = await desk.takeOne();
      const elsewhere = { ...desk.access, connection: "otherQueue" };
      const texts = ["", "x", lease.slice(0, -1), `${lease}x`, lease.replace(/.$/, "~"), "null"];
      for (const text of texts)
        await expect(acknowledge(desk.access, text)).rejects.toMatchObject({
          code: "LEASE_INVALID",
        });
      await expect(acknowledge(elsewhere, lease)).rejects.toMatchObject({
        code: "LEASE_INVALID",
        message: expect.stringContaining("another connection"),
      });
      const other = await openDesk();
      await other.put("a", "1");
      const foreign = await other.takeOne();
      expect(await desk.acknowledge(foreign)).toBe("acknowledged");
      expect(await desk.acknowledge({ ...foreign, lease })).toBe("acknowledged");
    });

    it("settles several messages of a key in order", async () => {
      const desk = await openDesk();
      await desk.put("a", "1", "2", "3", "4");
      const leased = await desk.take({ maximumMessages: 10, maximumPerKey: 3 });
      expect(toBodies(leased)).toEqual(["1", "2", "3"].slice(0, mostPerKey));
      if (mostPerKey === 1) return;
      const [first, second, third] = leased;
      await expect(desk.acknowledge(second!)).rejects.toMatchObject({ code: "LEASE_INVALID" });
      await expect(desk.release(third!, 0)).rejects.toMatchObject({ code: "LEASE_INVALID" });
      await expect(desk.deadLetter(second!)).rejects.toMatchObject({ code: "LEASE_INVALID" });
      for (const message of [first!, second!])
        expect(await desk.acknowledge(message)).toBe("acknowledged");
      expect(await desk.take()).toEqual([]);
      expect(await desk.acknowledge(third!)).toBe("acknowledged");
      expect(await desk.drain()).toEqual(["4"]);
    });

    it("settles many in one call, each by itself", async () => {
      const desk = await openDesk();
      await desk.put("a", "a1", "a2");
      await desk.put("b", "b1", "b2");
      await desk.put("c", "c1");
      const leased = await desk.take({ maximumMessages: 5, maximumPerKey: 2 });
      const lost = leased.at(-1)!;
      await desk.release(lost, 0);
      const other = await openDesk();
      await other.put("a", "3");
      const elsewhere = await other.takeOne();
      const leases = [...leased, elsewhere].map(({ lease }) => lease);
      const answer = await acknowledgeAll(desk.access, leases);
      expect(answer.statuses).toEqual(
        [...leased, elsewhere].map((message) => (message === lost ? "stale" : "acknowledged")),
      );
      expect(answer).toMatchObject({ acknowledged: leased.length, stale: 1 });
      expect(await desk.drain()).toHaveLength(5 - leased.length + 1);
      expect(await other.take()).toEqual([]);
    });

    it("settles none of many where one is no lease, or where there are none", async () => {
      const desk = await openDesk();
      await desk.put("a", "1");
      const { lease } = await desk.takeOne();
      await expect(acknowledgeAll(desk.access, [lease, "x"])).rejects.toMatchObject({
        code: "LEASE_INVALID",
      });
      await expect(acknowledgeAll(desk.access, [])).rejects.toMatchObject({
        code: "INPUT_INVALID",
      });
      expect(await acknowledgeAll(desk.access, [lease])).toMatchObject({ acknowledged: 1 });
    });

    if (mostPerKey > 1) {
      it("settles many of a key in one call, and leaves those whose turn has not come", async () => {
        const desk = await openDesk();
        await desk.put("a", "1", "2", "3");
        const leased = await desk.take({ maximumMessages: 3, maximumPerKey: 3 });
        const [first, second, third] = leased.map(({ lease }) => lease);
        expect(await acknowledgeAll(desk.access, [third!, first!])).toEqual({
          acknowledged: 1,
          stale: 0,
          early: 1,
          statuses: ["early", "acknowledged"],
        });
        expect(await acknowledgeAll(desk.access, [second!, third!])).toMatchObject({
          acknowledged: 2,
        });
        expect(await desk.queue.status()).toMatchObject({ ready: 0, leased: 0 });
      });

      it("takes no more of a key than there is room for", async () => {
        const desk = await openDesk();
        await desk.put("a", "a1", "a2", "a3");
        await desk.put("b", "b1", "b2", "b3");
        const leased = await desk.take({ maximumMessages: 4, maximumPerKey: 3 });
        expect(toBodies(leased)).toEqual(["a1", "a2", "a3", "b1"]);
      });

      it("gives back those behind it when one of a lease is released", async () => {
        const desk = await openDesk();
        await desk.put("a", "1", "2", "3");
        const [first, second, third] = await desk.take({ maximumMessages: 3, maximumPerKey: 3 });
        await desk.acknowledge(first!);
        expect(await desk.release(second!, 0)).toBe("released");
        expect(await desk.acknowledge(third!)).toBe("stale");
        const again = await desk.take({ maximumMessages: 3, maximumPerKey: 3 });
        expect(again).toMatchObject([
          { body: "2", attempt: 2 },
          { body: "3", attempt: 1 },
        ]);
      });

      it("keeps those behind a dead letter leased", async () => {
        const desk = await openDesk();
        await desk.put("a", "1", "2");
        const [first, second] = await desk.take({ maximumMessages: 2, maximumPerKey: 2 });
        expect(await desk.deadLetter(first!)).toBe("deadLettered");
        expect(await desk.take()).toEqual([]);
        expect(await desk.acknowledge(second!)).toBe("acknowledged");
      });

      it("extends all of a lease, and none that was settled", async () => {
        const desk = await openDesk();
        await desk.put("a", "1", "2", "3");
        const [first, second, third] = await desk.take({
          maximumMessages: 3,
          maximumPerKey: 3,
          leaseSeconds: 5,
        });
        await desk.acknowledge(first!);
        expect(await desk.extend(first!, 60)).toBe("stale");
        expect(await desk.extend(third!, 60)).toBe("extended");
        await desk.advance(30);
        expect(await desk.acknowledge(second!)).toBe("acknowledged");
      });
    }
  });
};
