import { github } from "../../../src/providers/github";
import { describeConvergence } from "../../contracts/convergence";
import { createGithubApi } from "../../fixtures/apis/github-api";

const settings = {
  owner: "octocat",
  repository: "hello-world",
  events: ["issues", "push"],
  enabled: true,
};

describeConvergence("GitHub", {
  provider: github,
  fields: { token: "ghp_0123456789abcdef" },
  createApi: createGithubApi,
  settings,
  otherSettings: { ...settings, events: ["pull_request"] },
  events: ["issues", "push"],
  otherEvents: ["pull_request"],
});

describeConvergence("GitHub, from a repository to its organization", {
  provider: github,
  fields: { token: "ghp_0123456789abcdef" },
  createApi: createGithubApi,
  settings,
  otherSettings: { ...settings, repository: "" },
  events: ["issues", "push"],
  otherEvents: ["issues", "push"],
});
