import { HooklineError } from "../../src/errors";
import { type ApiAnswer, type ApiClientOptions, get, post } from "../../src/http/api-request";
import { type Access, baseUrlOr, bearerAccess } from "../../src/subscriptions/access";
import { connectApi } from "../../src/subscriptions/connect";
import { connectWithin } from "../../src/subscriptions/connect-within";
import { providerApi } from "../../src/subscriptions/provider-api";
import { readTextAt } from "../../src/subscriptions/read-answer";
import { answer } from "../support/subscription-world";

const bearer = bearerAccess("https://api.example.com", { accept: "application/vnd.example+json" });

/** Username and password become a token at /login. */
const withLogin: Access = {
  connection: providerApi,
  requires: ["username", "password"],
  baseUrl: baseUrlOr("https://api.example.com"),
  headers: (_fields, token) => ({ authorization: `Bearer ${token}` }),
  login: {
    request: ({ username, password }) => post("/login", { username, password }),
    read: ({ data }) => ({ token: readTextAt(data, "token"), expiresInSeconds: 300 }),
  },
};
const fields = { username: "ada", password: "t0p-secret" };

type Handler = (options: ApiClientOptions, path: string) => ApiAnswer;

const createScene = (access: Access, handle: Handler, given: Record<string, string> = fields) => {
  const calls: { readonly path: string; readonly options: ApiClientOptions }[] = [];
  const api = connectApi(access, given, (options) => async ({ path }) => {
    await undefined;
    calls.push({ path, options });
    return handle(options, path);
  });
  return { api, calls, paths: () => calls.map(({ path }) => path) };
};

const ok = () => answer(200);
const problemOf = (access: Access, given: Record<string, string>) => {
  try {
    createScene(access, ok, given);
    return undefined;
  } catch (error) {
    return error;
  }
};

describe("a connection", () => {
  it.each([{}, { token: "" }, { token: " \n" }])("without its token, %j, is refused", (given) => {
    expect(problemOf(bearer, given)).toMatchObject({
      code: "CONNECTION_INVALID",
      message: "Connection Provider API: fill in Token.",
    });
  });

  it.each([
    "https://api.example.com/v1?key=t0p-secret",
    "https://api.example.com/?",
    "https://api.example.com/#",
  ])(
    "whose base URL is %s, where no path can follow, is refused: every call would go there",
    (baseUrl) => {
      const error = problemOf(withLogin, { ...fields, baseUrl });
      expect(error).toMatchObject({ code: "CONNECTION_INVALID" });
      expect(String(error)).toContain("the base URL holds a ? or #");
      expect(String(error)).not.toContain("t0p-secret");
    },
  );

  it("names the first field that is missing", () => {
    expect(problemOf(withLogin, { password: "1" })).toMatchObject({
      message: "Connection Provider API: fill in User Name.",
    });
    expect(problemOf(withLogin, { username: "1" })).toMatchObject({
      message: "Connection Provider API: fill in Password.",
    });
  });

  it.each([
    "http://api.example.com",
    "http://127.0.0.1.example.com",
    "http://10.0.0.1",
    "ftp://localhost",
    "api.example.com",
    "//api.example.com",
    "/api",
  ])("with the base URL %s is refused", (baseUrl) => {
    expect(problemOf(bearer, { token: "t0p-secret", baseUrl })).toMatchObject({
      code: "CONNECTION_INVALID",
      message:
        "Connection Provider API: the base URL has to be a whole URL that starts with https://.",
    });
  });

  it("with credentials in its base URL is refused, and they are not told", () => {
    const baseUrl = "https://ada:t0p-secret@api.example.com";
    const problem = problemOf(bearer, { token: "1", baseUrl });
    expect(problem).toMatchObject({ code: "CONNECTION_INVALID" });
    expect(String(problem)).toContain("holds a user name or password");
    expect(String(problem)).not.toContain("t0p-secret");
  });

  it.each([
    ["", "https://api.example.com"],
    ["https://eu.example.com/v2//", "https://eu.example.com/v2"],
    ["http://127.0.0.1:8500/", "http://127.0.0.1:8500"],
    ["http://localhost:8500", "http://localhost:8500"],
  ])("with the base URL %j calls %s", async (baseUrl, called) => {
    const { api, calls } = createScene(bearer, ok, { token: "t", baseUrl });
    await api.send(get("/hooks"));
    expect(api.baseUrl).toBe(called);
    expect(calls).toMatchObject([
      {
        path: "/hooks",
        options: {
          baseUrl: called,
          headers: { authorization: "Bearer t", accept: "application/vnd.example+json" },
        },
      },
    ]);
  });

  it("may carry its credential in the query or in the path", async () => {
    const { requires, baseUrl, connection } = bearer;
    const access: Access = {
      connection,
      requires,
      baseUrl,
      query: ({ token = "" }) => ({ key: token }),
      toPath: (path, { token }) => `/bot${token}${path}`,
    };
    const { api, calls } = createScene(access, ok, { token: "t" });
    await api.send(get("/hooks"));
    expect(calls).toMatchObject([{ path: "/bott/hooks", options: { query: { key: "t" } } }]);
  });

  it("answers what an answer amounts to", async () => {
    const interpret = () => answer(404);
    const { api } = createScene({ ...bearer, interpret }, ok, { token: "t" });
    expect((await api.send(get("/hooks"))).status).toBe(404);
  });
});

describe("a login", () => {
  /** Every token is good for so many calls. */
  const createServer = (lasts: number): Handler => {
    let token = 0;
    let left = 0;
    return ({ headers }, path) => {
      if (path === "/login") {
        token += 1;
        left = lasts;
        return answer(200, { token: `token-${token}` });
      }
      left -= 1;
      return answer(headers?.authorization === `Bearer token-${token}` && left >= 0 ? 200 : 401);
    };
  };

  it("happens with the first call, and only once", async () => {
    const { api, paths } = createScene(withLogin, createServer(10));
    expect(paths()).toEqual([]);
    await Promise.all([api.send(get("/a")), api.send(get("/b"))]);
    await api.send(get("/c"));
    expect(paths()).toEqual(["/login", "/a", "/b", "/c"]);
  });

  it("happens again where its token has run out", async () => {
    const { api, paths } = createScene(withLogin, createServer(1));
    expect((await api.send(get("/a"))).status).toBe(200);
    expect((await api.send(get("/b"))).status).toBe(200);
    expect(paths()).toEqual(["/login", "/a", "/b", "/login", "/b"]);
  });

  it("happens again only once for a call", async () => {
    const { api, paths } = createScene(withLogin, createServer(0));
    expect((await api.send(get("/a"))).status).toBe(401);
    expect(paths()).toEqual(["/login", "/a", "/login", "/a"]);
  });

  it("does not happen where the credentials go with every call", async () => {
    const { api, paths } = createScene(bearer, () => answer(401), { token: "t" });
    expect((await api.send(get("/a"))).status).toBe(401);
    expect(paths()).toEqual(["/a"]);
  });

  it.each([400, 401, 403])("that is refused with %i blames the credentials", async (status) => {
    const { api } = createScene(withLogin, () => answer(status, { error: "t0p-secret is wrong" }));
    const error = await api.send(get("/a")).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: "CONNECTION_INVALID", retryable: false });
    expect(error.message).toBe(
      `Connection Provider API: the credentials were refused. Check them (status ${status}).`,
    );
  });

  it.each([answer(200, "welcome"), answer(302), answer(404)])(
    "that is none blames the base URL: %j",
    async (given) => {
      const { api } = createScene(withLogin, () => given);
      await expect(api.send(get("/a"))).rejects.toMatchObject({
        code: "CONNECTION_INVALID",
        message: expect.stringContaining("no login answers there. Check the base URL"),
      });
    },
  );

  it.each([429, 500, 503])("that fails for now with %i is tried again", async (status) => {
    const serve = createServer(10);
    let isDown = true;
    const { api } = createScene(withLogin, (options, path) =>
      isDown ? answer(status, "", { "retry-after": "1" }) : serve(options, path),
    );
    const first = await api.send(get("/a"));
    expect([first.status, first.headers.get("retry-after")]).toEqual([status, "1"]);
    isDown = false;
    expect((await api.send(get("/a"))).status).toBe(200);
  });

  it("that got no answer is tried again", async () => {
    const serve = createServer(10);
    let isDown = true;
    const { api } = createScene(withLogin, (options, path) => {
      if (isDown) throw new HooklineError("PROVIDER_UNREACHABLE", "No answer.");
      return serve(options, path);
    });
    await expect(api.send(get("/a"))).rejects.toMatchObject({ code: "PROVIDER_UNREACHABLE" });
    isDown = false;
    expect((await api.send(get("/a"))).status).toBe(200);
  });

  it("may be somewhere else, or not needed", async () => {
    const loginUrl = ({ token = "" }) => (token === "" ? "https://login.example.com" : "");
    const scene = createScene({ ...withLogin, loginUrl }, createServer(10));
    await scene.api.send(get("/a"));
    expect(scene.calls.map(({ options }) => options.baseUrl)).toEqual([
      "https://login.example.com",
      "https://api.example.com",
    ]);
    const without = createScene({ ...withLogin, loginUrl }, ok, { ...fields, token: "there" });
    await without.api.send(get("/a"));
    expect(without.paths()).toEqual(["/a"]);
  });
});

describe("the time for a call", () => {
  it.each([
    [60_000, 6_000],
    [6_001, 6_000],
    [4_000, 4_000],
    [1_500, 2_000],
    [0, 2_000],
    [-9_000, 2_000],
  ])("is, with %i ms left, %i ms", async (left, milliseconds) => {
    const given: ApiClientOptions[] = [];
    const connect = connectWithin({
      connect: (options) => {
        given.push(options);
        return async () => answer(200);
      },
      now: () => new Date(50_000),
      deadline: new Date(50_000 + left),
    });
    await connect({ baseUrl: "https://api.example.com" })(get("/a"));
    expect(given).toEqual([
      { baseUrl: "https://api.example.com", timeoutMilliseconds: milliseconds },
    ]);
  });
});
