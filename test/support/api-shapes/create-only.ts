import type { ApiRequest } from "../../../src/http/api-request";
import { defineSubscription } from "../../../src/subscriptions/define-subscription";
import type { ApiSubscription } from "../../../src/subscriptions/subscription";
import type { CreateInput } from "../../../src/subscriptions/subscription-state";
import { answer } from "../subscription-world";
import { type ApiShape, access, createShapeApi, inputs, jsonOf, readHook } from "./api-shape";
import { createHookStore, type Hook } from "./hook-store";
import { createHook, listHooks, readCreated, readTopic, removeHook } from "./provider-side";
import { show, showPage } from "./show";

interface Traits {
  readonly name: string;
  readonly pageSize: number;
  /** Whether a second one for the same topic and endpoint is possible. */
  readonly allowsTwins: boolean;
}

const createApi =
  ({ pageSize, allowsTwins }: Traits) =>
  () => {
    const store = createHookStore();
    const hasTwin = ({ place, endpointUrl, events }: Omit<Hook, "id">): boolean =>
      store
        .at(place)
        .some((other) => other.endpointUrl === endpointUrl && other.events[0] === events[0]);
    return createShapeApi(store, {
      list: (place, call) => showPage(store.at(place), call, pageSize),
      create: (place, call) => {
        const hook = readHook(place, call);
        if (hasTwin(hook) && !allowsTwins)
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
    isPaused: ({ enabled }) => !enabled,
    scope: ({ place }) => ({ place }),
    list: listHooks(readTopic),
    create: { request: (input: CreateInput): ApiRequest => createHook(input), read: readCreated },
    remove: removeHook,
  });

/** One subscription a topic, never changed; none at all while switched off. Where a second one is refused, the secret belongs to the app. */
export const defineCreateOnly = (traits: Traits): ApiShape => ({
  name: traits.name,
  pageSize: traits.pageSize,
  createApi: createApi(traits),
  subscription: define(
    traits.allowsTwins
      ? { secret: "ours" }
      : { secret: "connection", isUnique: true, isConflict: ({ status }) => status === 422 },
  ),
});

export const createOnly = defineCreateOnly({ name: "create only", pageSize: 4, allowsTwins: true });
export const createOnlyOnce = defineCreateOnly({
  name: "create only, once",
  pageSize: 4,
  allowsTwins: false,
});
