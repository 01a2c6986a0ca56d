import { randomInt, randomUUID } from "node:crypto";
import type { OutboundRequest } from "../../http/outbound-request";
import type { Provider, Story, StoryEvent } from "../../providers/provider";
import { draftSample } from "../send/draft-delivery";
import { planDeliveries } from "../send/plan-deliveries";
import type { SendTarget } from "../send/send-target";
import type { DemoDelivery } from "./demo-delivery";

const prepare = async (
  provider: Provider,
  { url, secret, username, options }: SendTarget,
  { shows, toSample }: StoryEvent,
  { now, forge }: { readonly now: Date; readonly forge: boolean },
): Promise<DemoDelivery> => {
  const plan = { count: 1, duplicates: 0, forge, shuffle: false };
  const signing = { secret, username, now, options };
  const draft = draftSample(toSample(randomUUID()), url);
  const [request] = await planDeliveries(provider, draft, signing, plan);
  return {
    shows: forge ? `${shows}: forged, one bit was changed` : shows,
    request: request as OutboundRequest,
    isRepeatedUntilAccepted: !forge,
  };
};

const takeAny = <Item>(lists: readonly Item[][]): Item | undefined => {
  const filled = lists.filter(({ length }) => length > 0);
  return filled[randomInt(Math.max(filled.length, 1))]?.shift();
};

/**
 * Mixes lists at random, each in its own order; what comes is followed, later and before the end, by itself again. So
 * repeats arrive long after what has happened since.
 */
export const mixWithRepeats = <Item>(
  lists: readonly (readonly Item[])[],
  toRepeat: (item: Item) => Item,
): readonly Item[] => {
  const rest = lists.map((list) => [...list]);
  const repeats: Item[] = [];
  const mixed: Item[] = [];
  for (let item = takeAny(rest); item; item = takeAny(rest)) {
    mixed.push(item);
    repeats.splice(randomInt(repeats.length + 1), 0, toRepeat(item));
    if (randomInt(2) === 1) mixed.push(...repeats.splice(0, 1));
  }
  return [...mixed, ...repeats];
};

/** A provider's story for a flow that keeps its events in a queue: mixed, each delivered twice, and forgeries between them. */
export const tellStory = async (
  provider: Provider,
  { histories, forgeries }: Story,
  target: SendTarget,
  now: Date,
): Promise<readonly DemoDelivery[]> => {
  const prepareAll = (events: readonly StoryEvent[], forge: boolean) =>
    Promise.all(events.map((event) => prepare(provider, target, event, { now, forge })));
  const lists = await Promise.all([
    ...histories.map((events) => prepareAll(events, false)),
    prepareAll(forgeries, true),
  ]);
  return mixWithRepeats(lists, (delivery) => ({ ...delivery, shows: `${delivery.shows}, again` }));
};
