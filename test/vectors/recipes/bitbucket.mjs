import { toAtlassianRecipe } from "../atlassian.mjs";

export const recipe = toAtlassianRecipe(
  "bitbucket",
  "https://support.atlassian.com/bitbucket-cloud/docs/manage-webhooks/",
  { "X-Event-Key": "repo:push", "X-Request-UUID": "72d3162e-cc78-11e3-81ab-4c9367dc0958" },
);
