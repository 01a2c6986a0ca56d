import { createSubscriptionHost } from "../../../src/component/managed/subscription-host";

const logger = {} as Parameters<typeof createSubscriptionHost>[0]["logger"];

afterEach(() => {
  jest.useRealTimers();
});

describe("the time that one deploy has", () => {
  it.each([-3_600_000, 3_600_000])(
    "stays as long where the machine's clock is set by %i ms meanwhile",
    (jump) => {
      jest.useFakeTimers({ doNotFake: ["performance"] });
      const { now, deadline } = createSubscriptionHost({ logger }, {});
      jest.setSystemTime(Date.now() + jump);
      const left = deadline.getTime() - now().getTime();
      expect(left).toBeGreaterThan(17_000);
      expect(left).toBeLessThan(18_001);
    },
  );
});
