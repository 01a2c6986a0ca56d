import type { SubscriptionRecord } from "../../src/subscriptions/record";
import { type ApiShape, TOKEN, wishes } from "../support/api-shapes/api-shape";
import { defineCreateOnly } from "../support/api-shapes/create-only";
import { nameKeyed } from "../support/api-shapes/name-keyed";
import { noList } from "../support/api-shapes/no-list";
import { createWorld, type Fault, type World } from "../support/subscription-world";

const PLATFORM_MILLISECONDS = 30_000;
const events = Array.from({ length: 100 }, (_, index) => `topic-${index}`);
const settings = { ...wishes[0], events };
const OTHER_ENDPOINT = "https://hooks.example.com/trigger/U29tZW5ld1BsYWNl";

const shapes: readonly ApiShape[] = [
  defineCreateOnly({ name: "create only", pageSize: 50, allowsTwins: true }),
  nameKeyed,
  noList,
];

const toWorld = ({ subscription, createApi }: ApiShape, milliseconds: number): World => {
  const world = createWorld({
    provider: { id: "shape", subscription },
    fields: { token: TOKEN },
    createApi,
  });
  slowDown(world, milliseconds);
  return world;
};

const slowDown = (world: World, milliseconds: number, isPerformed = true): void => {
  const fault: Fault = { kind: "slow", milliseconds, isPerformed };
  world.fail(() => fault);
};

const timed = async <Result>(
  world: World,
  run: () => Promise<Result>,
): Promise<{
  readonly took: number;
  readonly result: Result | undefined;
  readonly error?: unknown;
}> => {
  const startedAt = world.now().getTime();
  try {
    const result = await run();
    return { took: world.now().getTime() - startedAt, result };
  } catch (error) {
    return { took: world.now().getTime() - startedAt, result: undefined, error };
  }
};

const expectDone = async (
  world: World,
  count: number,
  run: () => Promise<SubscriptionRecord | readonly unknown[]>,
): Promise<void> => {
  const { took, result, error } = await timed(world, run);
  expect(error).toBeUndefined();
  expect(result).toBeDefined();
  expect(world.live()).toHaveLength(count);
  expect(took).toBeLessThan(PLATFORM_MILLISECONDS);
};

describe.each(shapes)("a hundred subscriptions at an API of the kind $name", (shape) => {
  it("are made, moved and removed in time when every call takes a quarter of a second", async () => {
    const world = toWorld(shape, 250);
    await expectDone(world, 100, () => world.deploy(settings));
    await expectDone(world, 100, () => world.deploy(settings, { endpointUrl: OTHER_ENDPOINT }));
    await expectDone(world, 100, () => world.deploy({ ...settings, filter: "color=red" }));
    await expectDone(world, 100, () => world.deploy({ ...settings, place: "two" }));
    await expectDone(world, 0, () => world.remove(settings));
  });

  it.each([2_000, 5_999, 12_000, 60_000])(
    "end in time, done or not, when every call takes %i ms",
    async (milliseconds) => {
      const world = toWorld(shape, 250);
      await world.deploy(settings);
      for (const isPerformed of [true, false])
        for (const run of [
          (): Promise<unknown> => world.deploy({ ...settings, filter: `color=${isPerformed}` }),
          () => world.deploy({ ...settings, place: "two" }),
          () => world.remove(settings),
        ]) {
          slowDown(world, milliseconds, isPerformed);
          const { took } = await timed(world, run);
          expect(took).toBeLessThan(PLATFORM_MILLISECONDS);
          slowDown(world, 250);
          await world.deploy(settings);
        }
    },
  );

  it("are never made half: a deploy without enough time says so and takes back what it made", async () => {
    const world = toWorld(shape, 900);
    const { error } = await timed(world, () => world.deploy(settings));
    expect(error).toMatchObject({ code: "SUBSCRIPTION_FAILED", retryable: true });
    expect(String(error)).toContain("too slow");
    const left = world.live().length;
    expect(left).toBeGreaterThan(10);
    expect(String(error)).toContain(`and ${left - 10} more. The next deploy takes care of it`);
  });
});

it("more than a hundred are refused before anything is called", async () => {
  const world = toWorld(nameKeyed, 1);
  const deploy = world.deploy({ ...settings, events: [...events, "one-more"] });
  await expect(deploy).rejects.toMatchObject({
    code: "INPUT_INVALID",
    message: expect.stringContaining("101 subscriptions"),
  });
  expect(world.calls).toEqual([]);
});
