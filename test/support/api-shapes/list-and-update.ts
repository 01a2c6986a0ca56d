import { defineSubscription } from "../../../src/subscriptions/define-subscription";
import { answer } from "../subscription-world";
import { type ApiShape, access, createShapeApi, inputs, jsonOf, readHook } from "./api-shape";
import { createHookStore } from "./hook-store";
import {
  createHook,
  listHooks,
  readCreated,
  readFound,
  removeHook,
  updateHook,
} from "./provider-side";
import { show, showPage } from "./show";

const PAGE_SIZE = 3;

const createApi = () => {
  const store = createHookStore();
  const secretOf = (call: Parameters<typeof jsonOf>[0]) => ({
    secret: jsonOf(call).secret as string,
  });
  return createShapeApi(store, {
    list: (place, call) => showPage(store.at(place), call, PAGE_SIZE),
    create: (place, call) =>
      answer(201, show(store.add({ ...readHook(place, call), ...secretOf(call) }))),
    update: ({ id, place }, call) =>
      answer(200, show(store.put({ id, ...readHook(place, call), ...secretOf(call) }))),
  });
};

/** One subscription with all events, listed in pages, changed in place; our secret is never shown. */
export const listAndUpdate: ApiShape = {
  name: "list and update",
  pageSize: PAGE_SIZE,
  createApi,
  subscription: defineSubscription({
    kind: "api",
    access,
    inputs,
    secret: "ours",
    plan: ({ events, enabled, filter }) => [{ key: "hook", events, enabled, details: { filter } }],
    scope: ({ place }) => ({ place }),
    list: listHooks(readFound),
    create: { request: createHook, read: readCreated },
    update: { request: updateHook, read: readCreated },
    remove: removeHook,
  }),
};
