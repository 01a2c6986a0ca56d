import { HooklineError } from "../../src/errors";
import { readMark, toBareUrl, toMark } from "../../src/subscriptions/endpoint";
import { readSecrets, type SubscriptionRecord } from "../../src/subscriptions/record";
import {
  type ApiShape,
  PLACES,
  type ShapeApi,
  TOKEN,
  wishes,
} from "../support/api-shapes/api-shape";
import type { Hook } from "../support/api-shapes/hook-store";
import { Crash, createWorld, ENDPOINT } from "../support/subscription-world";
import { type Step, type StrangerKind, type Trouble, toChooser } from "./history";

const PLATFORM_MILLISECONDS = 30_000;
const HOUR_MILLISECONDS = 3_600_000;
const ENDPOINTS = [ENDPOINT, "https://hooks.example.com/trigger/U29tZW5ld1BsYWNl"] as const;
const MARK = toMark("instance-1:flow-1");

const strangerUrls: Readonly<Record<StrangerKind, string>> = {
  elsewhere: "https://other.example.net/hook",
  "at our endpoint": ENDPOINT,
  "at our endpoint, with another mark": `${ENDPOINT}?hookline=0000000000000000.aaaaaaaaaaaa`,
  "elsewhere, with our mark": `https://other.example.net/hook?hookline=${MARK}`,
};

/** What matters of a subscription. */
export const toNeutral = ({ place, endpointUrl, events, enabled, filter }: Omit<Hook, "id">) => ({
  place,
  endpoint: toBareUrl(endpointUrl),
  events: [...events].sort(),
  enabled,
  filter,
});

/** One history as it happens, and what is true of it. */
export const createStory = (shape: ApiShape) => {
  const { subscription } = shape;
  const api: ShapeApi = shape.createApi();
  const world = createWorld({
    provider: { id: "shape", subscription },
    fields: { token: TOKEN },
    createApi: () => api,
  });
  const strangers = new Map<string, Hook>();
  const kept: SubscriptionRecord[] = [];
  const errors: unknown[] = [];
  const secrets = new Set<string>([TOKEN]);
  const addresses = new Set<string>();
  let hasLost = false;
  let wish: (typeof wishes)[number] = wishes[0];
  let endpoint: string = ENDPOINT;

  const hooks = () => api.hooks(world.now());
  const ours = () => hooks().filter(({ id }) => !strangers.has(id));
  const plans = () => (subscription.isPaused?.(wish) ? [] : subscription.plan(wish));
  const wanted = () =>
    plans().map(({ events, enabled = true, details = {} }) => {
      const filter = String(details.filter);
      return toNeutral({ place: wish.place, endpointUrl: endpoint, events, enabled, filter });
    });
  const isRight = (hook: Hook, record: SubscriptionRecord): boolean =>
    readMark(hook.endpointUrl) === MARK &&
    (subscription.secret === "connection" || readSecrets(record).includes(hook.secret ?? ""));

  /** One run of ours, which the platform would end after 30 seconds. */
  const attempt = async <Result>(run: () => Promise<Result>): Promise<Result | undefined> => {
    const startedAt = world.now().getTime();
    try {
      return await run();
    } catch (error) {
      errors.push(error);
      return undefined;
    } finally {
      world.heal();
      expect(world.now().getTime() - startedAt).toBeLessThan(PLATFORM_MILLISECONDS);
    }
  };
  const deploy = () => {
    addresses.add(`${wish.place} ${endpoint}`);
    return attempt(() => world.deploy(wish, { endpointUrl: endpoint }));
  };
  const remove = () => attempt(() => world.remove(wish, { endpointUrl: endpoint }));

  /** A deploy that says it succeeded has to have succeeded. Without a list it can only believe what it noted. */
  const deployInStory = async (isSaved: boolean): Promise<void> => {
    const before = world.record();
    const record = await deploy();
    if (!isSaved) world.setRecord(before);
    if (!record) return;
    if (isSaved) kept.push(record);
    const right = ours().filter((hook) => isRight(hook, record));
    const live = right.map(toNeutral);
    if (subscription.list) expect(live).toEqual(expect.arrayContaining(wanted()));
  };
  const removeByHand = (pick: number): void => {
    const hook = hooks()[pick];
    if (!hook) return;
    api.removeByHand(hook.id);
    strangers.delete(hook.id);
  };
  const addStranger = (kind: StrangerKind, place: number): void => {
    const hook = {
      place: PLACES[place]!,
      endpointUrl: strangerUrls[kind],
      events: ["opened"],
      enabled: true,
      filter: "",
    };
    const id = api.add(hook);
    strangers.set(id, { ...hook, id });
  };

  const acts: { readonly [Do in Step["do"]]: (step: Extract<Step, { do: Do }>) => unknown } = {
    deploy: (step) => {
      wish = wishes[step.wish]!;
      endpoint = ENDPOINTS[step.endpoint]!;
      return deployInStory(step.isSaved);
    },
    redeploy: (step) => deployInStory(step.isSaved),
    delete: remove,
    "lose-record": () => world.setRecord(undefined),
    "restore-record": ({ pick }) => world.setRecord(kept[pick % kept.length]),
    "remove-by-hand": ({ pick }) => removeByHand(pick),
    "add-stranger": ({ kind, place }) => addStranger(kind, place),
    pass: ({ hours }) => world.pass(hours * HOUR_MILLISECONDS),
  };
  /** What a provider says of nothing, or does not show, is lost as well. */
  const isMisleading = ({ fault }: Trouble): boolean =>
    fault.kind === "repeated-page" || (fault.kind === "status" && fault.status === 404);
  const isLosing = (step: Step): boolean =>
    /record/.test(step.do) ||
    ("troubles" in step && step.troubles.some(isMisleading)) ||
    (step.do === "delete" && step.troubles.length > 0) ||
    ("isSaved" in step && !step.isSaved);

  return {
    shape,
    api,
    world,
    errors,
    hooks,
    ours,
    wanted,
    isRight,
    deploy,
    remove,
    wish: () => wish,
    endpoint: () => endpoint,
    /** Whether something of what our runs did was not remembered: a run that fails saves nothing. */
    hasLost: () => hasLost || errors.length > 0,
    /** Whether it was deployed to another place or endpoint on the way. */
    hasMoved: () => addresses.size > 1,
    run: async (step: Step): Promise<void> => {
      hasLost ||= isLosing(step);
      if ("troubles" in step) world.fail(toChooser(step.troubles));
      await (acts[step.do] as (step: Step) => unknown)(step);
      for (const { secret } of hooks()) if (secret !== undefined) secrets.add(secret);
      const untouched = hooks().filter(({ id }) => strangers.has(id));
      expect(untouched).toEqual([...strangers.values()]);
    },
    expectNothingTold: (): void => {
      for (const error of errors)
        if (!(error instanceof Crash)) expect(error).toBeInstanceOf(HooklineError);
      const said = [...world.logged, ...errors.map(String)].join("\n");
      for (const secret of [...secrets, ...world.secrets]) expect(said).not.toContain(secret);
    },
  };
};

export type Story = ReturnType<typeof createStory>;
