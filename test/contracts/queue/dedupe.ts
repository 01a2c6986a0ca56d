import { type QueueSubject, useQueues } from "./subject";

/** 9 to 15 of the behaviours. */
export const describeDedupe = (subject: QueueSubject): void => {
  const { tellsDuplicates, dedupeWindowIsFixed, usualDedupeWindowSeconds } = subject.traits;
  /** What a repeat is answered with. */
  const repeat = tellsDuplicates ? "duplicate" : "enqueued";

  describe("dedupe", () => {
    const openDesk = useQueues(subject);

    it("9: drops a repeat while the message waits", async () => {
      const desk = await openDesk();
      expect(await desk.put("a", "1", "1")).toEqual(["enqueued", repeat]);
      expect(await desk.drain()).toEqual(["1"]);
    });

    if (tellsDuplicates)
      it("answers a repeat with the id of the message that it repeats", async () => {
        const desk = await openDesk();
        const draft = { orderingKey: "a", dedupeKey: "1", body: "1" };
        const [first] = await desk.queue.enqueue([draft]);
        const [second] = await desk.queue.enqueue([draft]);
        expect(second).toEqual({ status: "duplicate", id: first!.id });
        expect((await desk.takeOne()).id).toBe(first!.id);
      });

    it("10: drops a repeat while the message is leased", async () => {
      const desk = await openDesk();
      await desk.put("a", "1");
      const message = await desk.takeOne();
      expect(await desk.put("a", "1")).toEqual([repeat]);
      await desk.acknowledge(message);
      expect(await desk.take()).toEqual([]);
    });

    it("11: drops a repeat after the message was acknowledged, inside the window", async () => {
      const desk = await openDesk();
      await desk.put("a", "1");
      await desk.drain();
      expect(await desk.put("a", "1")).toEqual([repeat]);
      expect(await desk.take()).toEqual([]);
    });

    it("drops a repeat of a message that was set aside", async () => {
      const desk = await openDesk();
      await desk.put("a", "1");
      await desk.deadLetter(await desk.takeOne());
      expect(await desk.put("a", "1")).toEqual([repeat]);
      expect(await desk.take()).toEqual([]);
    });

    it("12: takes a repeat after the window", async () => {
      const desk = await openDesk();
      await desk.put("a", "1");
      expect(await desk.drain()).toEqual(["1"]);
      await desk.advance(usualDedupeWindowSeconds + 1);
      expect(await desk.put("a", "1")).toEqual(["enqueued"]);
      expect(await desk.drain()).toEqual(["1"]);
    });

    it("takes a window of its own for a message, or refuses it", async () => {
      const desk = await openDesk();
      const draft = { orderingKey: "a", dedupeKey: "1", body: "1" };
      const enqueued = desk.queue.enqueue([draft], 60);
      if (dedupeWindowIsFixed) {
        await expect(enqueued).rejects.toMatchObject({ code: "INPUT_INVALID" });
        return;
      }
      await enqueued;
      await desk.advance(59);
      expect(await desk.queue.enqueue([draft], 60)).toMatchObject([{ status: "duplicate" }]);
      await desk.advance(2);
      expect(await desk.queue.enqueue([draft], 60)).toMatchObject([{ status: "enqueued" }]);
    });

    it("13: drops a repeat under another ordering key: a dedupe key is the queue's", async () => {
      const desk = await openDesk();
      await desk.put("a", "1");
      expect(await desk.put("b", "1")).toEqual([repeat]);
      expect(await desk.drain()).toEqual(["1"]);
    });

    it("keeps the dedupe keys of two queues apart", async () => {
      const [one, other] = [await openDesk(), await openDesk()];
      await one.put("a", "1");
      expect(await other.put("a", "1")).toEqual(["enqueued"]);
      expect(await other.drain()).toEqual(["1"]);
    });

    it("14: drops a repeat inside one call", async () => {
      const desk = await openDesk();
      const draft = { orderingKey: "a", dedupeKey: "1", body: "first" };
      const statuses = await desk.queue.enqueue([draft, { ...draft, body: "second" }]);
      expect(statuses.map(({ status }) => status)).toEqual(["enqueued", repeat]);
      expect(await desk.drain()).toEqual(["first"]);
    });

    it("15: takes one of eight that enqueue the same at the same time", async () => {
      const desk = await openDesk();
      const writers = Array.from({ length: 8 }, () => desk.another());
      const draft = { orderingKey: "a", dedupeKey: "1", body: "1" };
      const answers = await Promise.all(writers.map(({ queue }) => queue.enqueue([draft])));
      const enqueued = answers.flat().filter(({ status }) => status === "enqueued");
      expect(enqueued).toHaveLength(tellsDuplicates ? 1 : 8);
      expect(await desk.drain()).toEqual(["1"]);
    });

    it("enqueues many at the same time in whatever order without getting stuck", async () => {
      const desk = await openDesk();
      const draft = (id: number) => ({
        orderingKey: `key ${id % 5}`,
        dedupeKey: String(id),
        body: id,
      });
      const forwards = Array.from({ length: 20 }, (_, index) => draft(index));
      const batches = [forwards, forwards.toReversed(), forwards, forwards.toReversed()];
      await Promise.all(batches.map((batch) => desk.another().queue.enqueue(batch)));
      const drained = await desk.drain();
      expect([...drained].sort((one, other) => Number(one) - Number(other))).toEqual(
        forwards.map(({ body }) => body),
      );
    });
  });
};
