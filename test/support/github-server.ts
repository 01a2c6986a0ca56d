import { createGithubApi } from "../fixtures/apis/github-api";
import { type ApiServer, serveApi } from "./api-server";
import type { LiveSubscription, ScriptedApi } from "./subscription-world";

/** GitHub's scripted API over real HTTP, a new one for each test of the file. */
export const useGithubServer = () => {
  let api: ScriptedApi;
  let server: ApiServer;
  beforeEach(async () => {
    api = createGithubApi();
    server = await serveApi(api);
  });
  afterEach(() => server.close());
  return {
    server: () => server,
    live: (): readonly LiveSubscription[] => api.live(new Date()),
    removeByHand: (id: string) => api.removeByHand(id),
  };
};
