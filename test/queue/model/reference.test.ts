import { createCountingClock } from "../../support/queue/counting-clock";
import { createMemoryDriver } from "../../support/queue/memory-driver";
import { describeModel } from "./describe-model";

describeModel({
  name: "The reference",
  open: async () => {
    const { now, jump } = createCountingClock();
    const driver = createMemoryDriver(now);
    return {
      connect: () => driver,
      advance: async (seconds) => jump(seconds),
      close: async () => undefined,
    };
  },
  usualRuns: 300,
  remembersEnds: false,
});
