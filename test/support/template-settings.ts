import type { TemplateSettings } from "../../src/subscriptions/template-subscription";

/** An API with a list in pages and a query in every path. */
export const pagedTemplates: TemplateSettings = {
  ...{ events: ["issues"], subscriptions: "one", secretSource: "ours", headers: {} },
  ...{ createMethod: "POST", createPath: "/hooks", createBody: '{"url":"{endpoint}"}' },
  ...{ idPath: "id", secretPath: "", listPath: "/hooks?per_page=2", listItems: "data" },
  ...{ listEndpoint: "url", listEvents: "", listNext: "next", updateMethod: "PUT" },
  ...{ updatePath: "/hooks/{id}?force=true", deletePath: "/hooks/{id}?force=true" },
  lifetimeSeconds: "",
};
