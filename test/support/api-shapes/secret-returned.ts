import { randomBytes } from "node:crypto";
import { post } from "../../../src/http/api-request";
import { defineSubscription } from "../../../src/subscriptions/define-subscription";
import { answer } from "../subscription-world";
import { type ApiShape, access, createShapeApi, inputs, readHook } from "./api-shape";
import { createHookStore } from "./hook-store";
import {
  createHook,
  hookAt,
  listHooks,
  readCreated,
  readFound,
  removeHook,
  toBody,
} from "./provider-side";
import { show, showPage } from "./show";

const PAGE_SIZE = 100;

const createApi = () => {
  const store = createHookStore();
  const update = (
    { id, place, secret }: ReturnType<typeof store.put>,
    call: Parameters<typeof readHook>[1],
  ) =>
    answer(
      200,
      show(store.put({ id, ...readHook(place, call), ...(secret !== undefined && { secret }) })),
    );
  return createShapeApi(store, {
    list: (place, call) => showPage(store.at(place), call, PAGE_SIZE),
    create: (place, call) => {
      const secret = `whsec_${randomBytes(24).toString("hex")}`;
      return answer(201, { ...show(store.add({ ...readHook(place, call), secret })), secret });
    },
    update,
  });
};

/** The provider makes the secret and tells it once, in its answer to create. Changes are posted. */
export const secretReturned: ApiShape = {
  name: "secret returned",
  pageSize: PAGE_SIZE,
  createApi,
  subscription: defineSubscription({
    kind: "api",
    access,
    inputs,
    secret: "returned",
    plan: ({ events, enabled, filter }) => [{ key: "hook", events, enabled, details: { filter } }],
    scope: ({ place }) => ({ place }),
    list: listHooks(readFound),
    create: { request: createHook, read: readCreated },
    update: {
      request: (input) => post(hookAt(input), toBody(input.wanted)),
      read: (_answer, { id }) => ({ id }),
    },
    remove: removeHook,
  }),
};
