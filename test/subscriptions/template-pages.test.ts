import type { ApiRequest } from "../../src/http/api-request";
import { toTemplateSubscription } from "../../src/subscriptions/template-subscription";
import { answer } from "../support/subscription-world";
import { pagedTemplates } from "../support/template-settings";

const subscription = toTemplateSubscription(pagedTemplates);

describe("the next page in an answer", () => {
  const follow = (next: unknown): ApiRequest | undefined => {
    const page = subscription.list?.read(answer(200, { data: [], next }), {}, undefined);
    return page?.next === undefined ? undefined : subscription.list?.request({}, page.next);
  };

  it.each([
    "https://api.example.com/v2/hooks?page=2",
    "https://elsewhere.example.com/hooks?page=2",
    "/v2/hooks?page=2",
    "/hooks?page=2",
  ])("is asked for at the base URL, whose path %s may repeat", (next) => {
    expect(follow(next)).toMatchObject({ method: "GET", path: "/hooks?page=2" });
  });

  it.each(["//elsewhere.example.com/admin", "@elsewhere.example.com", "/hooks/../admin"])(
    "is refused where it leads elsewhere: %s",
    (next) => {
      expect(() => follow(next)).toThrow("List");
    },
  );

  it.each([null, {}, [], ""])("is none: %j", (next) => {
    expect(follow(next)).toBeUndefined();
  });
});
