import { randomInt } from "node:crypto";
import type { OutboundRequest } from "../../http/outbound-request";
import type { Provider } from "../../providers/provider";
import { sign } from "../../signatures/sign";
import type { Signing } from "../../signatures/signing";
import { toDistinctDelivery } from "./distinct-delivery";
import { readEventId } from "./event-id";

export interface SendPlan {
  /** How many events. */
  readonly count: number;
  /** How many times each is delivered again. */
  readonly duplicates: number;
  /** Change each body after it was signed, as an attacker without the secret would. */
  readonly forge: boolean;
  readonly shuffle: boolean;
}

const CASE_BIT = 0x20;
const LETTER_OF_A_VALUE = /(:\s*"|=|>)[a-z]/i;

/** One changed bit: the case of a letter in a value, so that the body stays what it claims to be. */
const forged = (request: OutboundRequest): OutboundRequest => {
  const text = request.body.toString("latin1");
  const match = LETTER_OF_A_VALUE.exec(text);
  if (!match) return { ...request, body: Buffer.concat([request.body, Buffer.from(" ")]) };
  const body = Buffer.from(request.body);
  const position = match.index + match[0].length - 1;
  body.writeUInt8(body.readUInt8(position) ^ CASE_BIT, position);
  return { ...request, body };
};

const shuffled = <Item>(items: readonly Item[]): readonly Item[] => {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = randomInt(last + 1);
    [order[last], order[other]] = [order[other] as Item, order[last] as Item];
  }
  return order;
};

/** Signed deliveries, ready to be posted, in the order in which they are sent. */
export const planDeliveries = async (
  provider: Provider,
  draft: OutboundRequest,
  signing: Signing,
  { count, duplicates, forge, shuffle }: SendPlan,
): Promise<readonly OutboundRequest[]> => {
  const id = readEventId(provider, draft);
  const deliveries: OutboundRequest[] = [];
  for (let index = 0; index < count; index += 1) {
    const event = index === 0 ? draft : toDistinctDelivery(draft, id);
    const signed = await sign(provider.signature, event, signing);
    deliveries.push(
      ...Array.from({ length: duplicates + 1 }, () => (forge ? forged(signed) : signed)),
    );
  }
  return shuffle ? shuffled(deliveries) : deliveries;
};
