import { github } from "../../src/providers/github";
import type { Provider } from "../../src/providers/provider";
import type { Settings } from "../../src/subscriptions/setting";
import {
  type TemplateSettings,
  toTemplateSubscription,
} from "../../src/subscriptions/template-subscription";
import { describeConvergence } from "../contracts/convergence";
import { createGithubApi } from "../fixtures/apis/github-api";
import { createWorld } from "../support/subscription-world";

/** GitHub's API, told by templates as a builder would. */
const settings: TemplateSettings = {
  events: ["issues", "push"],
  subscriptions: "one",
  secretSource: "ours",
  headers: {},
  createMethod: "POST",
  createPath: "/repos/octocat/hello-world/hooks",
  createBody:
    '{"name":"web","active":true,"events":"{events}","config":{"url":"{endpoint}","content_type":"json","secret":"{secret}"}}',
  idPath: "id",
  secretPath: "",
  listPath: "/repos/octocat/hello-world/hooks?per_page=100",
  listItems: "",
  listEndpoint: "config.url",
  listEvents: "events",
  listNext: "",
  updateMethod: "PATCH",
  updatePath: "/repos/octocat/hello-world/hooks/{id}",
  deletePath: "/repos/octocat/hello-world/hooks/{id}",
  lifetimeSeconds: "",
};

/** A flow's templates change with its inputs; the world keeps one definition, so the wish asks the templates anew. */
const toProvider = (templates: TemplateSettings): Provider => ({
  ...github,
  id: "managed",
  subscription: {
    ...toTemplateSubscription(templates),
    plan: (wished) =>
      toTemplateSubscription({ ...templates, ...(wished as unknown as TemplateSettings) }).plan(
        wished,
      ),
  },
});

/** The path of the script has no query; a real host takes it. */
const createApi = () => {
  const api = createGithubApi();
  return {
    ...api,
    handle: (...[call, now]: Parameters<typeof api.handle>) => {
      const { pathname, searchParams } = new URL(call.path, "https://api.example.com");
      const query = { ...call.query, ...Object.fromEntries(searchParams) };
      return api.handle({ ...call, path: pathname, query }, now);
    },
  };
};

const fields = { baseUrl: "https://api.github.com", token: "ghp_0123456789abcdef" };
const asSettings = (templates: Partial<TemplateSettings>) => templates as unknown as Settings;

describeConvergence("An API by templates", {
  provider: toProvider(settings),
  fields,
  createApi,
  settings: asSettings(settings),
  otherSettings: asSettings({ ...settings, events: ["pull_request"] }),
  events: ["issues", "push"],
  otherEvents: ["pull_request"],
});

describeConvergence("An API by templates that cannot change a subscription", {
  provider: toProvider({ ...settings, updatePath: "" }),
  fields,
  createApi,
  settings: asSettings({ ...settings, updatePath: "" }),
  otherSettings: asSettings({ ...settings, updatePath: "", events: ["pull_request"] }),
  events: ["issues", "push"],
  otherEvents: ["pull_request"],
});

const deployWith = (more: Partial<TemplateSettings>) => {
  const templates = { ...settings, ...more };
  const world = createWorld({ provider: toProvider(templates), fields, createApi });
  return { world, deployed: world.deploy(asSettings(templates)) };
};

it("makes one subscription for each event where it is told to", async () => {
  const { world, deployed } = deployWith({
    subscriptions: "each",
    createBody:
      '{"active":true,"events":["{event}"],"config":{"url":"{endpoint}&for={event}","content_type":"json","secret":"{secret}"}}',
  });
  await deployed;
  expect(world.live().map(({ events }) => events)).toEqual([["issues"], ["push"]]);
});

it("lets no value change the structure of the body", async () => {
  const { world, deployed } = deployWith({ events: ['push","admin":"yes'] });
  await deployed;
  expect(world.live()).toMatchObject([{ events: ['push","admin":"yes'] }]);
});

it.each([
  ["a body that is not JSON", { createBody: "url={endpoint}" }, /^Create Body: this is not JSON/],
  ["an unknown placeholder", { createBody: '{"url":"{endpiont}"}' }, /^Create Body: \{endpiont\}/],
  ["a path that leads elsewhere", { createPath: "//evil.example.com/" }, /^Create Path: /],
  ["a path that climbs", { deletePath: "/v1/../../{id}" }, /^Delete Path: /],
  ["an unreadable lifetime", { lifetimeSeconds: "a day" }, /^Lifetime/],
  ["a list that shows no events", { subscriptions: "each", listEvents: "" }, /^List Events: /],
] as const)("names the input for %s", async (_what, more, message) => {
  const attempt = async () => {
    const { world, deployed } = deployWith(more as Partial<TemplateSettings>);
    await deployed;
    await world
      .remove(asSettings({ ...settings, ...(more as Partial<TemplateSettings>) }))
      .then((orphans) => {
        if (orphans.length > 0) throw new Error(orphans[0]?.reason);
      });
  };
  await expect(attempt()).rejects.toThrow(message);
});
