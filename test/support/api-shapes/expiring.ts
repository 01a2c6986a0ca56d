import { randomBytes } from "node:crypto";
import type { ApiRequest } from "../../../src/http/api-request";
import { defineSubscription } from "../../../src/subscriptions/define-subscription";
import type { ApiSubscription } from "../../../src/subscriptions/subscription";
import type { CreateInput, UpdateInput } from "../../../src/subscriptions/subscription-state";
import { answer } from "../subscription-world";
import { type ApiShape, access, createShapeApi, inputs, jsonOf, readHook } from "./api-shape";
import { createHookStore, type Hook } from "./hook-store";
import {
  createHook,
  listHooks,
  readCreated,
  readFound,
  removeHook,
  renewHook,
} from "./provider-side";
import { show, showPage } from "./show";

const PAGE_SIZE = 100;
const HOUR_MILLISECONDS = 3_600_000;
export const LIFETIME_HOURS = 72;

interface Traits {
  readonly lifetimeHours: number;
  /** Whether the API tells when a subscription ends. */
  readonly tellsExpiry: boolean;
  readonly isRenewable: boolean;
  /** Whether the provider makes the secret. */
  readonly makesSecret: boolean;
  readonly isListed: boolean;
}

const createApi =
  ({ lifetimeHours, tellsExpiry, makesSecret }: Traits) =>
  () => {
    const store = createHookStore();
    const toExpiry = (now: Date) => ({
      expiresAt: now.getTime() + lifetimeHours * HOUR_MILLISECONDS,
    });
    const tell = (hook: Hook) => {
      const { expiresAt, ...shown } = show(hook);
      return tellsExpiry ? { ...shown, expiresAt } : shown;
    };
    return createShapeApi(store, {
      list: (place, call) => showPage(store.at(place), call, PAGE_SIZE, tell),
      create: (place, call, now) => {
        const secret = makesSecret ? randomBytes(24).toString("hex") : String(jsonOf(call).secret);
        const made = store.add({ ...readHook(place, call), secret, ...toExpiry(now) });
        return answer(201, { ...tell(made), ...(makesSecret && { secret }) });
      },
      renew: (hook, now) => answer(200, tell(store.put({ ...hook, ...toExpiry(now) }))),
    });
  };

const define = ({ lifetimeHours, isRenewable, makesSecret, isListed }: Traits): ApiSubscription =>
  defineSubscription({
    kind: "api",
    access,
    inputs,
    secret: makesSecret ? "returned" : "ours",
    lifetimeSeconds: lifetimeHours * 3_600,
    plan: ({ events, enabled, filter }) => [{ key: "hook", events, enabled, details: { filter } }],
    scope: ({ place }) => ({ place }),
    create: { request: (input: CreateInput): ApiRequest => createHook(input), read: readCreated },
    remove: removeHook,
    ...(isListed && { list: listHooks(readFound) }),
    ...(isRenewable && {
      renew: { request: (input: UpdateInput): ApiRequest => renewHook(input), read: readCreated },
    }),
  });

export const defineExpiring = (name: string, traits: Traits): ApiShape => ({
  name,
  pageSize: PAGE_SIZE,
  createApi: createApi(traits),
  subscription: define(traits),
});

const common = { lifetimeHours: LIFETIME_HOURS, isListed: true, isRenewable: true };

/** Expires, can be renewed, and the list shows when it ends. */
export const expiring = defineExpiring("expiring", {
  ...common,
  tellsExpiry: true,
  makesSecret: false,
});

/** The same where the provider makes the secret, and nothing ever tells when it ends. */
export const expiringUntold = defineExpiring("expiring, untold", {
  ...common,
  tellsExpiry: false,
  makesSecret: true,
});
