import { toAtlassianRecipe } from "../atlassian.mjs";

export const recipe = toAtlassianRecipe(
  "jira",
  "https://developer.atlassian.com/cloud/jira/platform/webhooks/",
  { "X-Atlassian-Webhook-Identifier": "72d3162e-cc78-11e3-81ab-4c9367dc0958" },
);
