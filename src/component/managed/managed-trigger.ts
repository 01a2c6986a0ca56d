import { type Connection, type Inputs, trigger } from "@prismatic-io/spectral";
import type { Provider } from "../../providers/provider";
import { confirmManual } from "../../subscriptions/prepare-manual";
import { deliveryQueueInputs } from "../inputs/delivery-queue";
import { performWebhook } from "../perform-webhook";
import { type DeliveryQueue, toDeliveryQueue } from "../queue/delivery-queue";
import { branches, type OnRejection, type WebhookResult } from "../respond";
import type { KeptRecord } from "./flow-records";
import { createLifecycle, type Params, toSettings } from "./lifecycle";
import { toManagedSettings } from "./managed-settings";
import type { Subscribable } from "./subscribables";

export interface ManagedTriggerOptions {
  readonly subscribable: Subscribable;
  readonly display: { readonly label: string; readonly description: string };
  /** A connection, what the subscription asks for, and `onRejection`. */
  readonly inputs: Inputs;
  /** How deliveries are verified and read under these inputs. */
  readonly toProvider: (params: Params) => Provider;
  /** What is wrong with the inputs before anything is subscribed. @throws HooklineError INPUT_INVALID */
  readonly check?: (params: Params) => void;
  readonly examplePayload: WebhookResult;
}

const toQueue = ({ queueConnection, queue }: Params): DeliveryQueue | undefined =>
  toDeliveryQueue(queueConnection as Connection | undefined, queue as string);

/** The first verified delivery shows that a webhook made by hand works. */
const confirm = (result: WebhookResult, records: readonly KeptRecord[]): WebhookResult => {
  if (!result.payload.delivery.verified) return result;
  const confirmed = records.flatMap(({ key, record }) => {
    const next = confirmManual(record, new Date());
    return next ? [[key, next] as const] : [];
  });
  return confirmed.length === 0
    ? result
    : { ...result, crossFlowState: Object.fromEntries(confirmed) };
};

/** A trigger that subscribes at its provider on deploy, unsubscribes on delete and verifies in between. */
export const createManagedTrigger = (options: ManagedTriggerOptions) => {
  const { subscribable, display, inputs, toProvider, check, examplePayload } = options;
  const { subscribe, unsubscribe } = createLifecycle(subscribable, (params) => {
    check?.(params);
    toQueue(params);
  });
  return trigger({
    display,
    inputs: { ...inputs, ...deliveryQueueInputs },
    scheduleSupport: "invalid",
    synchronousResponseSupport: "valid",
    allowsBranching: true,
    staticBranchNames: Object.values(branches),
    perform: async (context, payload, params: Params) => {
      const settings = toSettings(subscribable, params);
      const subscription = subscribable.resolve(settings);
      const { webhook, records } = toManagedSettings(context, payload, {
        provider: toProvider(params),
        subscription,
        connection: params.connection as Connection | undefined,
        settings,
        onRejection: params.onRejection as OnRejection,
        queue: toQueue(params),
      });
      const result = await performWebhook(context, payload, webhook);
      return subscription.kind === "manual" ? confirm(result, records) : result;
    },
    onInstanceDeploy: subscribe,
    onInstanceDelete: unsubscribe,
    webhookLifecycleHandlers: { create: subscribe, delete: unsubscribe },
    examplePayload,
  });
};
