import { readMark, toBareUrl, toMark } from "../../src/subscriptions/endpoint";
import { readSecrets, type SubscriptionRecord } from "../../src/subscriptions/record";
import type { Settings } from "../../src/subscriptions/setting";
import type { ApiSubscription } from "../../src/subscriptions/subscription";
import {
  createWorld,
  ENDPOINT,
  type ReceivedCall,
  type World,
  type WorldOptions,
} from "../support/subscription-world";

export interface ConvergenceCase extends WorldOptions {
  readonly settings: Settings;
  /** Other wishes of the same flow: other events, or another place. */
  readonly otherSettings: Settings;
  /** Events of all live subscriptions under `settings`, and under `otherSettings`. */
  readonly events: readonly string[];
  readonly otherEvents: readonly string[];
  /** How the provider's live subscription shows that it is ours, where not by the mark in its URL. */
  readonly isOurs?: (live: { readonly id: string; readonly endpointUrl: string }) => boolean;
  /** Which calls remove, where not those that say DELETE. */
  readonly isRemoval?: (call: ReceivedCall) => boolean;
}

const isRead = ({ method, isRead }: ReceivedCall): boolean => method === "GET" || isRead === true;

const OTHER_ENDPOINT = "https://hooks.example.com/trigger/U29tZWJvZHlFbHNl";
const MARK = toMark("instance-1:flow-1");

/** Every provider that we can subscribe to converges, whatever goes wrong on the way. */
export const describeConvergence = (name: string, options: ConvergenceCase): void => {
  const { settings, otherSettings, events, otherEvents } = options;
  const isRemoval = options.isRemoval ?? (({ method }: ReceivedCall) => method === "DELETE");
  const subscription = options.provider.subscription as ApiSubscription;
  const isOurs = options.isOurs ?? (({ endpointUrl }) => readMark(endpointUrl) === MARK);

  /** What a lost run made in another place can be found by nobody: no record tells of that place. */
  const isElsewhere =
    JSON.stringify(subscription.scope?.(settings)) !==
    JSON.stringify(subscription.scope?.(otherSettings));

  const ours = (world: World) => world.live().filter(isOurs);
  const sorted = (items: readonly string[]) => [...items].sort();
  const liveEvents = (world: World) => sorted(ours(world).flatMap((live) => live.events));

  /** What has to be true whenever a deploy succeeded. */
  const expectConverged = (world: World, wanted: readonly string[], url = ENDPOINT) => {
    const record = world.record() as SubscriptionRecord;
    expect(liveEvents(world)).toEqual(sorted(wanted));
    expect(sorted(record.subscriptions.map(({ id }) => id))).toEqual(
      sorted(ours(world).map(({ id }) => id)),
    );
    for (const live of ours(world)) {
      expect(toBareUrl(live.endpointUrl)).toBe(toBareUrl(url));
      if (live.secret !== undefined) expect(readSecrets(record)).toContain(live.secret);
    }
  };
  const createCalls = (world: World) => world.calls.filter((call) => !isRead(call));

  /** An API that lists nothing cannot show what these want to see. */
  const whereListed: typeof it = subscription.list ? it : it.skip;

  describe(`${name} converges`, () => {
    it("creates exactly what is asked for", async () => {
      const world = createWorld(options);
      await world.deploy(settings);
      expectConverged(world, events);
    });

    it("does nothing but one look when nothing changed", async () => {
      const world = createWorld(options);
      await world.deploy(settings);
      const before = world.calls.length;
      const record = world.record();
      await world.deploy(settings);
      const calls = world.calls
        .slice(before)
        .filter(({ path }) => !/token|login/.test(path) || !subscription.access.login);
      expect(calls.length).toBeLessThanOrEqual(1);
      expect(createCalls({ ...world, calls })).toEqual([]);
      expect(world.record()).toEqual(record);
    });

    it("follows changed inputs and back", async () => {
      const world = createWorld(options);
      await world.deploy(settings);
      await world.deploy(otherSettings);
      expectConverged(world, otherEvents);
      await world.deploy(settings);
      expectConverged(world, events);
    });

    it("follows a changed endpoint", async () => {
      const world = createWorld(options);
      await world.deploy(settings);
      await world.deploy(settings, { endpointUrl: OTHER_ENDPOINT });
      expectConverged(world, events, OTHER_ENDPOINT);
    });

    it("leaves a stranger's subscriptions alone", async () => {
      const world = createWorld(options);
      const strangers = [
        world.api.addStranger("https://hooks.example.com/trigger/U3RyYW5nZXI="),
        world.api.addStranger("https://other.example.net/hook?hookline=0000000000000000"),
      ];
      await world.deploy(settings);
      await world.deploy(otherSettings);
      await world.remove(otherSettings);
      const left = world.live().map(({ id }) => id);
      expect(sorted(left)).toEqual(sorted(strangers));
    });

    it("removes everything on delete, and again is no error", async () => {
      const world = createWorld(options);
      await world.deploy(settings);
      expect(await world.remove(otherSettings)).toEqual([]);
      expect(ours(world)).toEqual([]);
      expect(await world.remove(settings)).toEqual([]);
    });

    whereListed("makes anew what a person removed", async () => {
      const world = createWorld(options);
      await world.deploy(settings);
      for (const { id } of ours(world)) world.api.removeByHand(id);
      await world.deploy(settings);
      expectConverged(world, events);
    });

    it("removes without complaint what is gone already", async () => {
      const world = createWorld(options);
      await world.deploy(settings);
      for (const { id } of ours(world)) world.api.removeByHand(id);
      expect(await world.remove(settings)).toEqual([]);
    });

    whereListed("finds its own again after a crash between the call and the save", async () => {
      const world = createWorld(options);
      await world.deploy(settings, { crashBeforeSave: true });
      await world.deploy(settings);
      expectConverged(world, events);
      if (isElsewhere) return;
      await world.deploy(otherSettings, { crashBeforeSave: true });
      await world.deploy(settings);
      expectConverged(world, events);
    });

    whereListed("removes what it never noted", async () => {
      const world = createWorld(options);
      await world.deploy(settings, { crashBeforeSave: true });
      expect(await world.remove(settings)).toEqual([]);
      expect(ours(world)).toEqual([]);
    });

    whereListed("recovers when its record was overwritten by an older one", async () => {
      const world = createWorld(options);
      await world.deploy(settings);
      const older = world.record();
      await world.deploy(otherSettings);
      world.setRecord(older);
      await world.deploy(otherSettings);
      expectConverged(world, otherEvents);
    });

    whereListed("settles a create whose answer got lost", async () => {
      const world = createWorld(options);
      let isLost = false;
      world.fail((call) => {
        if (isLost || isRead(call) || /token$/.test(call.path)) return undefined;
        isLost = true;
        return { kind: "answer-lost" };
      });
      await world.deploy(settings);
      expectConverged(world, events);
    });

    it("waits as long as it is asked to", async () => {
      const world = createWorld(options);
      world.fail((_call, index) =>
        index === 0 ? { kind: "status", status: 429, headers: { "retry-after": "3" } } : undefined,
      );
      const started = world.now().getTime();
      await world.deploy(settings);
      expectConverged(world, events);
      expect(world.now().getTime() - started).toBeGreaterThanOrEqual(3_000);
    });

    whereListed("survives one failure at any call", async () => {
      for (const fault of [
        { kind: "unreachable" },
        { kind: "answer-lost" },
        { kind: "status", status: 503 },
        { kind: "status-after", status: 502 },
      ] as const)
        for (let at = 0; at < 6; at++) {
          const world = createWorld(options);
          world.fail((_call, index) => (index === at ? fault : undefined));
          await world.deploy(settings).catch(() => undefined);
          world.heal();
          await world.deploy(settings);
          expectConverged(world, events);
        }
    });

    it("blames the connection for refused credentials, and leaks none of them", async () => {
      const world = createWorld(options);
      world.fail(() => ({ kind: "status", status: 401 }));
      const error = await world.deploy(settings).catch((thrown) => thrown);
      expect(error).toMatchObject({ code: "CONNECTION_INVALID" });
      for (const secret of Object.values(options.fields).filter((field) => field.length >= 12))
        expect(error.message).not.toContain(secret);
    });

    it("reports what it cannot remove, and never throws for it", async () => {
      const world = createWorld(options);
      await world.deploy(settings);
      const count = ours(world).length;
      world.fail((call) => (isRemoval(call) ? { kind: "status", status: 403 } : undefined));
      expect(await world.remove(settings)).toHaveLength(count);
    });

    it("tells no secret in what it logs", async () => {
      const world = createWorld(options);
      const { secret } = await world.deploy(settings);
      await world.deploy(otherSettings);
      await world.remove(settings);
      const said = world.logged.join("\n");
      if (secret !== "") expect(said).not.toContain(secret);
      expect(said).not.toMatch(/[0-9a-f]{64}/);
    });

    it("takes back what it made when a later call is refused", async () => {
      const world = createWorld(options);
      const wanted = subscription.plan(settings).length;
      let creates = 0;
      world.fail((call) => {
        if (isRead(call) || isRemoval(call) || /token$/.test(call.path)) return undefined;
        creates += 1;
        return creates === wanted ? { kind: "status", status: 400 } : undefined;
      });
      await expect(world.deploy(settings)).rejects.toMatchObject({ name: "HooklineError" });
      expect(ours(world)).toEqual([]);
    });
  });
};
