import { describeQueueContract } from "../contracts/queue/contract";
import { createMemoryDriver, memoryTraits } from "../support/queue/memory-driver";

describeQueueContract({
  name: "The in-memory reference",
  traits: memoryTraits,
  open: async () => {
    let offset = 0;
    const driver = createMemoryDriver(() => performance.timeOrigin + performance.now() + offset);
    return {
      connect: () => driver,
      advance: async (seconds) => {
        offset += seconds * 1000;
      },
      close: async () => undefined,
    };
  },
});
