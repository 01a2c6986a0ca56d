import { toBareUrl } from "../../src/subscriptions/endpoint";
import type { RecordedSubscription, SubscriptionRecord } from "../../src/subscriptions/record";
import { LIFETIME_HOURS } from "../support/api-shapes/expiring";
import { type Hook, toShownId } from "../support/api-shapes/hook-store";
import { type Story, toNeutral } from "./story";

const HOUR_MILLISECONDS = 3_600_000;

/** What is the same in the record and at the provider. */
const toKey = (hook: Hook): string => `${hook.place} ${toShownId(hook)}`;
const toNotedKey = ({ scope, id }: RecordedSubscription): string => `${scope.place} ${id}`;

const notedIn = (record: SubscriptionRecord | undefined) => record?.subscriptions ?? [];

const toNoted = ({ scope, details, endpointUrl, events, enabled }: RecordedSubscription) =>
  toNeutral({
    place: scope.place!,
    endpointUrl,
    events,
    enabled,
    filter: String(details.filter),
  });

const sorted = <Item>(items: readonly Item[]): readonly string[] =>
  items.map((item) => JSON.stringify(item)).sort();

/**
 * What nothing leads to any more: no place or endpoint that the wish or the record names. That takes a
 * record that was lost and a move. Without a list only the record leads to anything.
 */
const findForgotten = (story: Story): readonly Hook[] => {
  const record = story.world.record();
  const noted = notedIn(record);
  const ids = new Set(noted.map(toNotedKey));
  if (!story.shape.subscription.list) return story.ours().filter((hook) => !ids.has(toKey(hook)));
  const places = new Set([story.wish().place, ...noted.map(({ scope }) => scope.place)]);
  const entries = [{ endpointUrl: story.endpoint() }, ...noted, ...(record ? [record] : [])];
  const endpoints = new Set(entries.map(({ endpointUrl }) => toBareUrl(endpointUrl)));
  const isReached = (hook: Hook): boolean =>
    ids.has(toKey(hook)) || (places.has(hook.place) && endpoints.has(toBareUrl(hook.endpointUrl)));
  return story.ours().filter((hook) => !isReached(hook));
};

/** Whether every subscription that the record tells of is there, as it tells. */
const isRecordTrue = (story: Story): boolean =>
  notedIn(story.world.record()).every((entry) => {
    const hook = story.ours().find((one) => toKey(one) === toNotedKey(entry));
    return (
      hook?.endpointUrl === entry.endpointUrl &&
      JSON.stringify(toNeutral(hook)) === JSON.stringify(toNoted(entry))
    );
  });

/** What is in the way where a topic can have only one name: ours, from an endpoint that nobody remembers. */
const findInTheWay = (story: Story, forgotten: readonly Hook[]): readonly Hook[] => {
  if (!story.shape.hasNames) return [];
  const topics = story.wanted().map(({ events: [topic] }) => topic);
  return forgotten.filter(
    ({ place, events: [topic] }) => place === story.wish().place && topics.includes(topic!),
  );
};

/** It is left alone and named, and once a person has removed it all is well. */
const clearTheWay = async (story: Story, inTheWay: readonly Hook[]): Promise<void> => {
  if (inTheWay.length === 0) return;
  expect(await story.deploy()).toBeUndefined();
  expect(String(story.errors.at(-1))).toMatch(/There is one already .* remove it at the provider/);
  expect(story.ours()).toEqual(expect.arrayContaining([...inTheWay]));
  for (const { id } of inTheWay) story.api.removeByHand(id);
};

const expectExactly = (story: Story, live: readonly Hook[], record: SubscriptionRecord): void => {
  expect(sorted(live.map(toNeutral))).toEqual(sorted(story.wanted()));
  expect(sorted(record.subscriptions.map(toNotedKey))).toEqual(sorted(live.map(toKey)));
  for (const hook of live) expect(story.isRight(hook, record)).toBe(true);
  if (story.shape.subscription.lifetimeSeconds === undefined) return;
  for (const { expiresAt = 0 } of live) {
    const left = expiresAt - story.world.now().getTime();
    expect(left).toBeGreaterThan((LIFETIME_HOURS / 2) * HOUR_MILLISECONDS - 1_000);
  }
};

/** Nothing to do is noticed by one look, or by none where there is no list. */
const expectQuiet = async (story: Story): Promise<void> => {
  const { world, shape } = story;
  const before = JSON.stringify(world.record());
  const from = world.calls.length;
  await story.deploy();
  const calls = world.calls.slice(from);
  const there = story.hooks().filter(({ place }) => place === story.wish().place);
  const pages = Math.max(1, Math.ceil(there.length / shape.pageSize));
  expect(calls.filter(({ method }) => method !== "GET")).toEqual([]);
  expect(calls.length).toBe(shape.subscription.list ? pages : 0);
  expect(JSON.stringify(world.record())).toBe(before);
};

/** What can be said where no list contradicts a record that is not true: it is believed. */
const expectBelieved = (
  story: Story,
  live: readonly Hook[],
  before: readonly Hook[],
  record: SubscriptionRecord,
): void => {
  expect(sorted(record.subscriptions.map(toNoted))).toEqual(sorted(story.wanted()));
  const wanted = sorted(story.wanted());
  for (const hook of live)
    if (!wanted.includes(JSON.stringify(toNeutral(hook)))) expect(before).toContainEqual(hook);
};

export interface Rest {
  readonly forgotten: number;
  readonly inTheWay: number;
  readonly isExact: boolean;
}

/** Everything works again: one more deploy, and all is as it should be; then a delete, and nothing is left. */
export const expectAtRest = async (story: Story): Promise<Rest> => {
  const hasList = story.shape.subscription.list !== undefined;
  const found = findForgotten(story);
  if (!story.hasLost() || (hasList && !story.hasMoved())) expect(found).toEqual([]);
  const inTheWay = findInTheWay(story, found);
  await clearTheWay(story, inTheWay);
  const forgotten = found.filter((hook) => !inTheWay.includes(hook));
  const isForgotten = ({ id }: Hook): boolean => forgotten.some((hook) => hook.id === id);

  const isExact = hasList || isRecordTrue(story);
  const before = story.ours();
  const record = await story.deploy();
  if (!record) throw story.errors.at(-1);
  const live = story.ours().filter((hook) => !isForgotten(hook));
  if (isExact) expectExactly(story, live, record);
  else expectBelieved(story, live, before, record);
  await expectQuiet(story);
  expect(await story.remove()).toEqual([]);
  expect(story.ours()).toEqual(forgotten);
  story.expectNothingTold();
  return { forgotten: forgotten.length, inTheWay: inTheWay.length, isExact };
};
