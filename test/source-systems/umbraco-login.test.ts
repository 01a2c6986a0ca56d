import { get } from "../../src/http/api-request";
import { answer } from "../support/subscription-world";
import { API, connect, createSiteWorld, credentials, failureOf, settings } from "./umbraco-site";

const isLogin = ({ path }: { readonly path: string }): boolean => path.endsWith("/token");

describe("the login at an Umbraco site", () => {
  it("happens once, and again after the token's 299 seconds", async () => {
    const { send, calls, at } = connect();
    for (const seconds of [0, 1, 298]) {
      at(seconds);
      expect(await send(get(`${API}/webhook`))).toMatchObject({ status: 200 });
    }
    expect(calls.filter(isLogin)).toHaveLength(1);
    at(300);
    expect(await send(get(`${API}/webhook`))).toMatchObject({ status: 200 });
    expect(calls.filter(isLogin)).toHaveLength(2);
  });

  it("is tried again within the deploy when it failed in passing", async () => {
    const world = createSiteWorld();
    world.fail((_call, index) => (index === 0 ? { kind: "status", status: 503 } : undefined));
    await world.deploy(settings);
    expect(world.live()).toHaveLength(1);
  });

  it("is tried again within the deploy when nothing came back", async () => {
    const world = createSiteWorld();
    world.fail((_call, index) => (index === 0 ? { kind: "unreachable" } : undefined));
    await world.deploy(settings);
    expect(world.live()).toHaveLength(1);
  });

  it("blames the credentials where they are refused, and repeats none of them", async () => {
    const fields = { ...credentials, clientSecret: "a secret that is not right" };
    const failure = await failureOf(createSiteWorld({ fields }).deploy(settings));
    expect(failure).toMatch(/^Connection Umbraco CMS: the credentials were refused/);
    expect(failure).not.toContain(fields.clientSecret);
  });

  it("blames the base URL where no Management API answers, as before version 14", async () => {
    const world = createSiteWorld({ change: () => answer(404) });
    expect(await failureOf(world.deploy(settings))).toMatch(
      /^Connection Umbraco CMS: no login answers there\. Check the base URL/,
    );
  });

  it.each(["", "/", "/umbraco", "/umbraco/"])(
    "finds the API from a base URL that ends in %j",
    (end) => {
      const { baseUrl } = connect({ ...credentials, baseUrl: `https://www.example.com${end}` });
      expect(baseUrl).toBe("https://www.example.com");
    },
  );
});
