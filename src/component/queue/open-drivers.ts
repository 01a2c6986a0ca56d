import { HooklineError } from "../../errors";
import type { QueueDriver } from "../../queue/driver";

interface OpenDriver {
  readonly driver: Promise<QueueDriver>;
  users: number;
  isDropped: boolean;
}

/** Whether the engine did its part, so that its driver is as good as before. */
const isCallersFault = (error: unknown): boolean =>
  error instanceof HooklineError &&
  (error.code === "INPUT_INVALID" || error.code === "LEASE_INVALID");

const close = async ({ driver }: OpenDriver): Promise<void> => {
  try {
    await (await driver).close();
  } catch {
    // What could not be opened, or is broken already, leaves nothing to close.
  }
};

/**
 * Drivers that stay open for the next call. After a failure of the engine its driver is opened anew, and the one that was
 * used least recently makes room for another; neither is closed while it is in use.
 *
 * @param most How many stay open.
 */
export const createOpenDrivers = (most: number) => {
  const drivers = new Map<string, OpenDriver>();

  const drop = (name: string, dropped: OpenDriver): void => {
    if (drivers.get(name) === dropped) drivers.delete(name);
    dropped.isDropped = true;
  };

  const makeRoom = (): void => {
    for (const [name, oldest] of drivers) {
      if (drivers.size < most) return;
      if (oldest.users > 0) continue;
      drop(name, oldest);
      void close(oldest);
    }
  };

  const take = (name: string, open: () => Promise<QueueDriver>): OpenDriver => {
    const known = drivers.get(name);
    if (!known) makeRoom();
    const taken = known ?? { driver: open(), users: 0, isDropped: false };
    drivers.delete(name);
    drivers.set(name, taken);
    taken.users += 1;
    return taken;
  };

  return {
    use: async <Result>(
      name: string,
      open: () => Promise<QueueDriver>,
      work: (driver: QueueDriver) => Promise<Result>,
    ): Promise<Result> => {
      const taken = take(name, open);
      try {
        return await work(await taken.driver);
      } catch (error) {
        if (!isCallersFault(error)) drop(name, taken);
        throw error;
      } finally {
        taken.users -= 1;
        if (taken.isDropped && taken.users === 0) void close(taken);
      }
    },
  };
};
