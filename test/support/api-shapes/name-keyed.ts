import { post } from "../../../src/http/api-request";
import { defineSubscription } from "../../../src/subscriptions/define-subscription";
import type { Found, Wanted } from "../../../src/subscriptions/subscription-state";
import { answer } from "../subscription-world";
import { type ApiShape, access, createShapeApi, inputs, jsonOf, readHook } from "./api-shape";
import { createHookStore } from "./hook-store";
import { hooksAt, listHooks, readFound, removeHook, toBody, updateHook } from "./provider-side";
import { show, showPage } from "./show";

const PAGE_SIZE = 1_000;

const createApi = () => {
  const store = createHookStore();
  const toHook = (place: string, call: Parameters<typeof jsonOf>[0]) => ({
    ...readHook(place, call),
    secret: jsonOf(call).secret as string,
  });
  return createShapeApi(store, {
    list: (place, call) => showPage(store.at(place), call, PAGE_SIZE),
    create: (place, call) => {
      const name = String(jsonOf(call).name);
      if (store.find(place, name)) return answer(409, { error: `The name ${name} is taken.` });
      return answer(201, show(store.add({ ...toHook(place, call), name })));
    },
    update: (hook, call) => answer(200, show(store.put({ ...hook, ...toHook(hook.place, call) }))),
  });
};

const toName = ({ mark, key }: Wanted): string => `hookline-${mark}-${key}`;
const NAME = /^hookline-([0-9a-f]{16})-(.+)$/;

const readNamed = (item: unknown): Found => {
  const found = readFound(item);
  const [, mark, key = ""] = NAME.exec(found.id) ?? [];
  return { ...found, key, ...(mark !== undefined && { mark }) };
};

/** The name that we choose is the id, and there can be only one of it at a place. */
export const nameKeyed: ApiShape = {
  name: "name-keyed",
  pageSize: PAGE_SIZE,
  hasNames: true,
  createApi,
  subscription: defineSubscription({
    kind: "api",
    access,
    inputs,
    secret: "ours",
    isUnique: true,
    plan: ({ events, enabled, filter }) =>
      events.map((topic) => ({ key: topic, events: [topic], enabled, details: { filter } })),
    scope: ({ place }) => ({ place }),
    list: listHooks(readNamed),
    create: {
      request: ({ wanted, scope }) =>
        post(hooksAt(scope), { name: toName(wanted), ...toBody(wanted) }),
      read: (_answer, { wanted }) => ({ id: toName(wanted) }),
    },
    update: { request: updateHook, read: (_answer, { id }) => ({ id }) },
    remove: removeHook,
  }),
};
