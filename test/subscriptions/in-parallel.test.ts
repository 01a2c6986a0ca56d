import { inParallel } from "../../src/subscriptions/in-parallel";
import { createVirtualClock } from "../support/virtual-clock";

const numbers = Array.from({ length: 10 }, (_, index) => index);

describe("tasks in parallel", () => {
  it("are done four at a time", async () => {
    const clock = createVirtualClock(0);
    let running = 0;
    let most = 0;
    const { results, failures } = await inParallel(numbers, async (number) => {
      running += 1;
      most = Math.max(most, running);
      await clock.wait(100);
      running -= 1;
      return number * 2;
    });
    expect(most).toBe(4);
    expect(clock.now()).toBe(300);
    expect([...results].sort((one, other) => one - other)).toEqual(numbers.map((n) => n * 2));
    expect(failures).toEqual([]);
  });

  it("are not begun any more once one has failed, and what is underway is waited for", async () => {
    const clock = createVirtualClock(0);
    const begun: number[] = [];
    const { results, failures } = await inParallel(numbers, async (number) => {
      begun.push(number);
      await clock.wait(number === 1 ? 10 : 100);
      if (number === 1 || number === 2) throw new Error(`task ${number}`);
      return number;
    });
    expect(begun).toEqual([0, 1, 2, 3]);
    expect(results).toEqual([0, 3]);
    expect(failures).toEqual([new Error("task 1"), new Error("task 2")]);
    expect(clock.now()).toBe(100);
  });

  it("may be none", async () => {
    const perform = () => Promise.reject(new Error("nothing to do"));
    expect(await inParallel([], perform)).toEqual({ results: [], failures: [] });
  });

  it("may throw at once", async () => {
    const { failures } = await inParallel([1], () => {
      throw new Error("at once");
    });
    expect(failures).toEqual([new Error("at once")]);
  });
});
