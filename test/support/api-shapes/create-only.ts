import type { ApiRequest } from "../../../src/http/api-request";
import { defineSubscription } from "../../../src/subscriptions/define-subscription";
import type { ApiSubscription } from "../../../src/subscriptions/subscription";
import type { CreateInput } from "../../../src/subscriptions/subscription-state";
import { answer } from "../subscription-world";
import { type ApiShape, access, createShapeApi, inputs, jsonOf, readHook } from "./api-shape";
import { createHookStore } from "./hook-store";
import { createHook, listHooks, readCreated, readTopic, removeHook } from "./provider-side";
import { show, showPage } from "./show";

const PAGE_SIZE = 4;

const createApi = (allowsTwins: boolean) => () => {
  const store = createHookStore();
  return createShapeApi(store, {
    list: (place, call) => showPage(store.at(place), call, PAGE_SIZE),
    create: (place, call) => {
      const hook = readHook(place, call);
      const hasTwin = store
        .at(place)
        .some(
          ({ endpointUrl, events }) =>
            endpointUrl === hook.endpointUrl && events[0] === hook.events[0],
        );
      if (hasTwin && !allowsTwins)
        return answer(422, { errors: [{ detail: "address has already been taken" }] });
      const secret = jsonOf(call).secret as string | undefined;
      return answer(201, show(store.add({ ...hook, ...(secret !== undefined && { secret }) })));
    },
  });
};

const define = (traits: Pick<ApiSubscription, "secret" | "isUnique" | "isConflict">) =>
  defineSubscription({
    kind: "api",
    access,
    inputs,
    ...traits,
    plan: ({ events, filter }) =>
      events.map((topic) => ({ key: topic, events: [topic], details: { filter } })),
    scope: ({ place }) => ({ place }),
    list: listHooks(readTopic),
    create: { request: (input: CreateInput): ApiRequest => createHook(input), read: readCreated },
    remove: removeHook,
  });

/** One subscription a topic, never changed; two for the same are possible. */
export const createOnly: ApiShape = {
  name: "create only",
  pageSize: PAGE_SIZE,
  createApi: createApi(true),
  subscription: define({ secret: "ours" }),
};

/** The same where a second one for the same topic and endpoint is refused, and the secret belongs to the app. */
export const createOnlyOnce: ApiShape = {
  name: "create only, once",
  pageSize: PAGE_SIZE,
  createApi: createApi(false),
  subscription: define({
    secret: "connection",
    isUnique: true,
    isConflict: ({ status }) => status === 422,
  }),
};
