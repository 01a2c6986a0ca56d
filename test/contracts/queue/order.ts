import { type QueueSubject, toBodies, useQueues } from "./subject";

/** 1 to 8 of the behaviours: order inside a key, and nothing but order inside a key. */
export const describeOrder = (subject: QueueSubject): void => {
  const { choosesKeysItself } = subject.traits;

  describe("order", () => {
    const openDesk = useQueues(subject);

    it("1: hands out the messages of a key in the order in which they were enqueued", async () => {
      const desk = await openDesk();
      await desk.put("a", "1", "2", "3");
      expect(await desk.drain()).toEqual(["1", "2", "3"]);
    });

    it("2: keeps the order inside one call that enqueues many", async () => {
      const desk = await openDesk();
      const ids = Array.from({ length: 50 }, (_, index) => `m${index}`);
      await desk.queue.enqueue(
        ids.map((id, index) => ({ orderingKey: `key ${index % 2}`, dedupeKey: id, body: index })),
      );
      const drained = (await desk.drain()) as number[];
      const ofKey = (rest: number) => drained.filter((index) => index % 2 === rest);
      expect(ofKey(0)).toEqual([...ofKey(0)].sort((one, other) => one - other));
      expect(ofKey(1)).toEqual([...ofKey(1)].sort((one, other) => one - other));
      expect(drained).toHaveLength(50);
    });

    it("3: keeps what happened before what, over two writers of one key", async () => {
      const desk = await openDesk();
      const other = desk.another();
      for (const turn of [1, 3, 5]) {
        await desk.put("a", String(turn));
        await other.put("a", String(turn + 1));
      }
      expect(await desk.drain()).toEqual(["1", "2", "3", "4", "5", "6"]);
    });

    it("4: enqueues nothing of a call that cannot be carried out as a whole", async () => {
      const desk = await openDesk();
      const good = { orderingKey: "a", dedupeKey: "1", body: "1" };
      const bad = { orderingKey: "a", dedupeKey: "", body: "2" };
      await expect(desk.queue.enqueue([good, bad])).rejects.toMatchObject({
        code: "INPUT_INVALID",
      });
      expect(await desk.take()).toEqual([]);
    });

    it("5: hands out different keys at the same time", async () => {
      const desk = await openDesk();
      await desk.put("a", "a1", "a2");
      await desk.put("b", "b1");
      const [first, second] = [await desk.takeOne(), await desk.takeOne()];
      expect(toBodies([first, second]).sort()).toEqual(["a1", "b1"]);
      expect(await desk.take()).toEqual([]);
    });

    it("6: leases one message of a key where no more are asked for, also in a batch", async () => {
      const desk = await openDesk();
      await desk.put("a", "a1", "a2");
      await desk.put("b", "b1", "b2");
      expect(toBodies(await desk.take({ maximumMessages: 10 })).sort()).toEqual(["a1", "b1"]);
    });

    if (choosesKeysItself)
      it("7: hands out a key with little to do while one with much is leased", async () => {
        const desk = await openDesk();
        await desk.put("hot", ...Array.from({ length: 20 }, (_, index) => `hot ${index}`));
        await desk.put("cold", "cold");
        const leased = await desk.take({ maximumMessages: 10, maximumPerKey: 1 });
        expect(toBodies(leased).sort()).toEqual(["cold", "hot 0"]);
      });
    else
      it("7: lets a key with little to do have its turn beside one with much", async () => {
        const desk = await openDesk();
        await desk.put("hot", ...Array.from({ length: 20 }, (_, index) => `hot ${index}`));
        await desk.put("cold", "cold");
        const drained = await desk.drain();
        expect(drained.indexOf("cold")).toBeLessThan(5);
        expect(drained).toHaveLength(21);
      });

    it("8: reaches a free key behind 120 that wait", async () => {
      const desk = await openDesk();
      const keys = Array.from({ length: 120 }, (_, index) => `blocked ${index}`);
      await desk.queue.enqueue(
        keys.map((key) => ({ orderingKey: key, dedupeKey: key, body: key })),
      );
      const held = await desk.take({ maximumMessages: 120 });
      expect(held).toHaveLength(120);
      await Promise.all(held.map((message) => desk.release(message, 600)));
      await desk.put("free", "free");
      expect(toBodies(await desk.take({ maximumMessages: 10 }))).toEqual(["free"]);
    });
  });
};
