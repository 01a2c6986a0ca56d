import { toTemplateSubscription } from "../../src/subscriptions/template-subscription";
import { pagedTemplates } from "../support/template-settings";

const subscription = toTemplateSubscription(pagedTemplates);

describe("the id of a subscription in a path of templates", () => {
  it.each(["", ".", ".."])("is refused where the call would go to more than it: %j", (id) => {
    expect(() => subscription.remove.request({ id, scope: {} })).toThrow(/^ID Path:/);
  });

  it.each([
    ["a/../..", "/hooks/a%2F..%2F..?force=true"],
    ["1?all=true#", "/hooks/1%3Fall%3Dtrue%23?force=true"],
    ["1\r\nX-Other: 1", "/hooks/1%0D%0AX-Other%3A%201?force=true"],
  ])("is encoded: %j", (id, path) => {
    expect(subscription.remove.request({ id, scope: {} }).path).toBe(path);
  });
});
