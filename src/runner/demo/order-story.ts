import { randomInt, randomUUID } from "node:crypto";
import type { OutboundRequest } from "../../http/outbound-request";
import { findProvider } from "../../providers/catalogue";
import { planDeliveries } from "../send/plan-deliveries";
import type { SendTarget } from "../send/send-target";
import type { DemoDelivery } from "./demo-delivery";

/** The provider whose events the story is made of. */
export const STORYTELLER = "shopify";

interface OrderEvent {
  readonly order: number;
  readonly topic: string;
  readonly body?: Readonly<Record<string, string>>;
}

const total = (text: string) => ({ total_price: text });

/** By order. The example's flow takes its time with the one that has a note, and cannot handle the total that is none. */
const stories: readonly (readonly OrderEvent[])[] = [
  [
    { order: 1001, topic: "create" },
    { order: 1001, topic: "paid" },
    { order: 1001, topic: "fulfilled" },
  ],
  [
    { order: 1002, topic: "create" },
    { order: 1002, topic: "paid", body: { note: "fails at first" } },
    { order: 1002, topic: "fulfilled" },
  ],
  [
    { order: 1003, topic: "create" },
    { order: 1003, topic: "updated", body: total("to be agreed") },
    { order: 1003, topic: "cancelled" },
  ],
];

const forgeries: readonly OrderEvent[] = [
  { order: 1001, topic: "cancelled" },
  { order: 1002, topic: "updated", body: total("0.01") },
];

const toDraft = (url: string, { order, topic, body = {} }: OrderEvent): OutboundRequest => ({
  method: "POST",
  url,
  headers: {
    "content-type": "application/json",
    "user-agent": "hookline-demo",
    "x-shopify-topic": `orders/${topic}`,
    "x-shopify-shop-domain": "acme.myshopify.com",
    "x-shopify-webhook-id": randomUUID(),
  },
  body: Buffer.from(
    JSON.stringify({
      id: order,
      admin_graphql_api_id: `gid://shopify/Order/${order}`,
      name: `#${order}`,
      ...total("403.00"),
      ...body,
    }),
  ),
});

const prepare = async (
  { url, secret, username, options }: SendTarget,
  event: OrderEvent,
  { now, forge }: { readonly now: Date; readonly forge: boolean },
): Promise<DemoDelivery> => {
  const plan = { count: 1, duplicates: 0, forge, shuffle: false };
  const signing = { secret, username, now, options };
  const provider = findProvider(STORYTELLER);
  const [request] = await planDeliveries(provider, toDraft(url, event), signing, plan);
  const { order, topic } = event;
  const shows = forge
    ? `order #${order}, ${topic}: forged, one bit was changed`
    : `order #${order}, ${topic}`;
  return { shows, request: request as OutboundRequest, isRepeatedUntilAccepted: !forge };
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

/** A few orders' events for a flow that keeps them in a queue: mixed, each delivered twice, and forgeries between them. */
export const tellOrders = async (
  target: SendTarget,
  now: Date,
): Promise<readonly DemoDelivery[]> => {
  const prepareAll = (events: readonly OrderEvent[], forge: boolean) =>
    Promise.all(events.map((event) => prepare(target, event, { now, forge })));
  const lists = await Promise.all([
    ...stories.map((events) => prepareAll(events, false)),
    prepareAll(forgeries, true),
  ]);
  return mixWithRepeats(lists, (delivery) => ({ ...delivery, shows: `${delivery.shows}, again` }));
};
