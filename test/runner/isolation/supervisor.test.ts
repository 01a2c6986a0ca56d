import type { GuestLink } from "../../../src/runner/isolation/guest-link";
import { createSupervisor, type GuestEvents } from "../../../src/runner/isolation/supervisor";

const link = {} as GuestLink;

afterEach(() => jest.useRealTimers());

test("a component that stopped is started again soon, also where the clock was set back meanwhile", async () => {
  jest.useFakeTimers();
  const launched: GuestEvents[] = [];
  const supervisor = createSupervisor({
    launch: (events) => {
      launched.push(events);
      return link;
    },
    onStop: () => undefined,
    onUnloadable: () => undefined,
  });
  const started = supervisor.start();
  launched[0]?.onLoad([]);
  await started;
  jest.setSystemTime(Date.now() - 3_600_000);
  launched[0]?.onEnd("it exited");
  await jest.advanceTimersByTimeAsync(1_000);
  expect(launched).toHaveLength(2);
});
