import component from "../../src";
import { serveApi } from "../support/api-server";

interface WireDataSource {
  readonly perform: (context: object, params: object) => Promise<{ readonly result: unknown }>;
}

const PASSWORD = "correct-horse-battery-staple";

const perform = (key: string, params: object) =>
  (component.dataSources as unknown as Record<string, WireDataSource>)[key]!.perform({}, params);

const toConnection = (baseUrl: string) => ({
  key: "kinetic",
  configVarKey: "Kinetic Platform",
  fields: { baseUrl, username: "integration@example.com", password: PASSWORD },
});

describe("the data sources of choices", () => {
  it("repeat no credential that the provider echoes in its refusal", async () => {
    const api = await serveApi({
      handle: () => ({
        status: 422,
        headers: new Map(),
        data: { message: `The password ${PASSWORD} has expired.` },
      }),
    });
    try {
      const listing = perform("kineticKapps", { connection: toConnection(api.url) });
      await expect(listing).rejects.toThrow("The password [redacted] has expired.");
      await expect(listing).rejects.not.toThrow(PASSWORD);
    } finally {
      await api.close();
    }
  });
});
