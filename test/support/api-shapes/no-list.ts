import { defineSubscription } from "../../../src/subscriptions/define-subscription";
import { answer } from "../subscription-world";
import { type ApiShape, access, createShapeApi, inputs, jsonOf, readHook } from "./api-shape";
import { createHookStore } from "./hook-store";
import { createHook, readCreated, removeHook, updateHook } from "./provider-side";
import { show } from "./show";

const createApi = () => {
  const store = createHookStore();
  const toHook = (place: string, call: Parameters<typeof jsonOf>[0]) => ({
    ...readHook(place, call),
    secret: jsonOf(call).secret as string,
  });
  return createShapeApi(store, {
    create: (place, call) => answer(201, show(store.add(toHook(place, call)))),
    update: ({ id, place }, call) => answer(200, show(store.put({ id, ...toHook(place, call) }))),
  });
};

/** Nothing can be looked up: only what we noted is known. */
export const noList: ApiShape = {
  name: "no list",
  pageSize: 0,
  createApi,
  subscription: defineSubscription({
    kind: "api",
    access,
    inputs,
    secret: "ours",
    plan: ({ events, enabled, filter }) =>
      events.map((topic) => ({ key: topic, events: [topic], enabled, details: { filter } })),
    scope: ({ place }) => ({ place }),
    create: { request: createHook, read: readCreated },
    update: { request: updateHook, read: readCreated },
    remove: removeHook,
  }),
};
