import { randomBytes } from "node:crypto";
import { createApiClient } from "../../src/http/api-client";
import type { Provider } from "../../src/providers/provider";
import type { RunningStandIn } from "../../src/stand-ins/start-stand-in";
import { ensureSubscription } from "../../src/subscriptions/ensure-subscription";
import type { SubscriptionHost } from "../../src/subscriptions/host";
import type { SubscriptionRecord } from "../../src/subscriptions/record";
import { removeSubscription } from "../../src/subscriptions/remove-subscription";
import type { Settings } from "../../src/subscriptions/setting";
import type { ApiSubscription } from "../../src/subscriptions/subscription";

const createHost = (): SubscriptionHost => ({
  connect: createApiClient,
  now: () => new Date(),
  wait: async () => undefined,
  makeSecret: () => randomBytes(32).toString("hex"),
  makePass: (mark) => `pass-${mark}`,
  log: () => undefined,
  deadline: new Date(Date.now() + 20_000),
});

/** What somebody does who wants deliveries of a running stand-in. */
export interface Subscriber {
  readonly subscribe: () => Promise<void>;
  /** Switches the subscription off, or does what comes closest to it. */
  readonly disable: () => Promise<void>;
  readonly remove: () => Promise<void>;
  /** What proves a delivery's origin, newest first. */
  readonly secrets: () => readonly string[];
}

/** Where a subscriber is, and what it wants. */
export interface SubscriberOptions {
  readonly standIn: RunningStandIn;
  readonly endpointUrl: string;
  /** In place of the stand-in's own connection. */
  readonly fields?: Readonly<Record<string, string>>;
}

/** Subscribes through the stand-in's API over real HTTP, as a deploy does. */
export const createSubscriber =
  ({ id, subscription }: Provider, settings: Settings) =>
  ({ standIn, endpointUrl, fields = standIn.connection }: SubscriberOptions): Subscriber => {
    const managed = subscription as ApiSubscription;
    let record: SubscriptionRecord | undefined;
    const toWish = (wanted: Settings) => ({
      ...{ provider: id, settings: wanted, fields, endpointUrl },
      owner: "instance-1:flow-1",
    });
    const deploy = async (wanted: Settings): Promise<void> => {
      record = await ensureSubscription(managed, toWish(wanted), record, createHost());
    };
    return {
      subscribe: () => deploy(settings),
      disable: () => deploy({ ...settings, enabled: false }),
      remove: async () => {
        await removeSubscription(managed, toWish(settings), record, createHost());
        record = undefined;
      },
      secrets: () => (record ? [record.secret, ...record.retired.map(({ value }) => value)] : []),
    };
  };
