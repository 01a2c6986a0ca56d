import fc from "fast-check";
import { readMark, toMark } from "../../src/subscriptions/endpoint";
import type { Settings } from "../../src/subscriptions/setting";
import type { Fault } from "../support/subscription-world";
import {
  ARTICLE_TYPE,
  createSiteWorld,
  DELETE,
  MEDIA_SAVE,
  PUBLISH,
  settings,
  subscription,
} from "./umbraco-site";

const MARK = toMark("instance-1:flow-1");

const wishes: readonly Settings[] = [
  settings,
  { ...settings, events: [PUBLISH, MEDIA_SAVE, "memberSaved", "mediaTypeSaved"] },
  { ...settings, events: [MEDIA_SAVE], contentTypes: [ARTICLE_TYPE], enabled: false },
  { ...settings, headers: { "X-Source": "website" } },
];

const faults = fc.constantFrom<Fault>(
  { kind: "unreachable" },
  { kind: "answer-lost" },
  { kind: "status", status: 401 },
  { kind: "status", status: 429, headers: { "retry-after": "2" } },
  { kind: "status", status: 500 },
  { kind: "status-after", status: 502 },
  { kind: "crash", isPerformed: true },
  { kind: "crash", isPerformed: false },
);

const steps = fc.oneof(
  fc.record({
    do: fc.constant("deploy" as const),
    wish: fc.nat(wishes.length - 1),
    troubles: fc.array(fc.record({ at: fc.nat(8), fault: faults }), { maxLength: 3 }),
    isSaved: fc.boolean(),
  }),
  fc.record({ do: fc.constant("delete" as const), at: fc.nat(6), fault: faults }),
  fc.record({ do: fc.constant("remove-by-hand" as const), pick: fc.nat(3) }),
  fc.record({
    do: fc.constant("edit-by-hand" as const),
    edit: fc.constantFrom(
      { headers: {} },
      { events: [DELETE, MEDIA_SAVE] },
      { contentTypeKeys: [ARTICLE_TYPE] },
      { enabled: false },
    ),
  }),
  fc.constant({ do: "lose-record" as const }),
);
type Step = typeof steps extends fc.Arbitrary<infer Value> ? Value : never;
type World = ReturnType<typeof createSiteWorld>;

const isOurs = ({ endpointUrl }: { readonly endpointUrl: string }): boolean =>
  readMark(endpointUrl) === MARK;

const act = async (world: World, step: Step): Promise<void> => {
  const live = world.live().filter(isOurs);
  if (step.do === "lose-record") world.setRecord(undefined);
  if (step.do === "remove-by-hand") world.app.removeByHand(live[step.pick]?.id ?? "");
  if (step.do === "edit-by-hand")
    world.editByHand((webhook) =>
      isOurs({ endpointUrl: String(webhook.url) }) ? { ...webhook, ...step.edit } : webhook,
    );
  if (step.do === "delete") {
    world.fail((_call, index) => (index === step.at ? step.fault : undefined));
    await world.remove(settings).catch(() => undefined);
  }
  if (step.do === "deploy") {
    world.fail((_call, index) => step.troubles.find(({ at }) => at === index)?.fault);
    const crashBeforeSave = !step.isSaved;
    await world.deploy(wishes[step.wish] ?? settings, { crashBeforeSave }).catch(() => undefined);
  }
  world.heal();
};

const show = (webhooks: ReturnType<World["live"]>): readonly string[] =>
  webhooks.map(({ events, enabled }) => JSON.stringify({ events: [...events], enabled })).sort();

it("whatever happened, one more deploy leaves exactly what is wanted, and a delete nothing", () =>
  fc.assert(
    fc.asyncProperty(fc.array(steps, { maxLength: 8 }), fc.nat(3), async (history, last) => {
      const world = createSiteWorld();
      const url = "https://hooks.example.com/trigger/U3RyYW5nZXI=";
      world.app.addByHand({ endpointUrl: url, events: [PUBLISH] });
      const strangers = world.live();
      for (const step of history) await act(world, step);

      const wish = wishes[last] ?? settings;
      const { secret } = await world.deploy(wish);
      const ours = world.live().filter(isOurs);
      const wanted = subscription
        .plan(wish)
        .map(({ events, enabled = true }) => ({ events, enabled }));
      expect(show(ours)).toEqual(wanted.map((one) => JSON.stringify(one)).sort());
      expect(new Set(ours.map((live) => live.secret))).toEqual(new Set([secret]));

      const before = world.calls.length;
      await world.deploy(wish);
      expect(world.calls.slice(before).map(({ method }) => method)).toEqual(["POST", "GET"]);
      expect(await world.remove(wish)).toEqual([]);
      expect(world.live()).toEqual(strangers);
    }),
    { numRuns: Number(process.env.HISTORIES ?? 200) },
  ));
