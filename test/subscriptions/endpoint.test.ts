import {
  checkEndpoint,
  isSameUrl,
  markIn,
  PASS,
  readMark,
  toBareUrl,
  toMark,
  toMarkedUrl,
} from "../../src/subscriptions/endpoint";

const API = "https://api.example.com";
const ENDPOINT = "https://hooks.example.com/trigger/SW5zdA==?debug=1";
const mark = toMark("instance-1:flow-1");
const marked = (secret: string) => toMarkedUrl({ endpointUrl: ENDPOINT, mark, secret });

describe("a mark", () => {
  it("is short, the same on every deploy, and another for every flow", () => {
    expect(mark).toMatch(/^[0-9a-f]{16}$/);
    expect(toMark("instance-1:flow-1")).toBe(mark);
    expect(toMark("instance-1:flow-2")).not.toBe(mark);
  });

  it("is read from the URL that carries it, whatever else is in its query", () => {
    expect(readMark(marked(""))).toBe(mark);
    expect(readMark(marked("a secret"))).toBe(mark);
    expect(readMark(ENDPOINT)).toBeUndefined();
    expect(readMark("not a URL")).toBeUndefined();
    expect(markIn(new URLSearchParams({ hookline: `${mark}.abc` }))).toBe(mark);
  });
});

describe("a marked endpoint", () => {
  it("is the endpoint with the mark beside its own query", () => {
    const url = new URL(marked(""));
    expect(toBareUrl(url.href)).toBe("https://hooks.example.com/trigger/SW5zdA==");
    expect([...url.searchParams]).toEqual([
      ["debug", "1"],
      ["hookline", mark],
    ]);
  });

  it("tells two secrets apart and tells neither", () => {
    expect(marked("secret one")).not.toBe(marked("secret two"));
    expect(marked("secret one")).toBe(marked("secret one"));
    expect(marked("secret one")).toMatch(/hookline=[0-9a-f]{16}\.[0-9a-f]{12}$/);
    expect(marked("secretone")).not.toContain("secretone");
  });

  it("carries what the provider wants in its URL", () => {
    const endpoint = (url: URL, secret: string) => url.searchParams.set("token", secret);
    const url = toMarkedUrl({ endpointUrl: ENDPOINT, mark, secret: "s", endpoint });
    expect(new URL(url).searchParams.get("token")).toBe("s");
  });

  it("replaces a mark that is there already", () => {
    const again = toMarkedUrl({ endpointUrl: marked("old"), mark, secret: "new" });
    expect(new URL(again).searchParams.getAll("hookline")).toHaveLength(1);
    expect(again).toBe(marked("new"));
  });
});

describe("two URLs", () => {
  it.each([
    ["https://hooks.example.com/a?x=1&y=2", "https://hooks.example.com/a?y=2&x=1"],
    ["https://hooks.example.com:443/a", "https://HOOKS.example.com/a"],
    [`https://hooks.example.com/a?${PASS}=1`, `https://hooks.example.com/a?${PASS}=2`],
    [`https://hooks.example.com/a?${PASS}=1`, "https://hooks.example.com/a"],
    ["no URL", "no URL"],
  ])("are the same: %s and %s", (one, other) => {
    expect(isSameUrl(one, other)).toBe(true);
  });

  it.each([
    ["https://hooks.example.com/a", "https://hooks.example.com/a/"],
    ["https://hooks.example.com/a", "https://hooks.example.com/A"],
    ["https://hooks.example.com/a?x=1", "https://hooks.example.com/a?x=2"],
    ["https://hooks.example.com/a?hookline=1", "https://hooks.example.com/a"],
    ["https://hooks.example.com/a", "http://hooks.example.com/a"],
    ["https://hooks.example.com/a", "no URL"],
  ])("differ: %s and %s", (one, other) => {
    expect(isSameUrl(one, other)).toBe(false);
  });

  it("are compared without query and fragment where only the place counts", () => {
    expect(toBareUrl("https://h.example.com/a?x=1#y")).toBe("https://h.example.com/a");
    expect(toBareUrl("no URL")).toBe("no URL");
  });
});

describe("an endpoint that a provider cannot deliver to", () => {
  it.each([
    ["", "the flow has no webhook URL"],
    ["/trigger/1", "it is not an absolute URL"],
    ["hooks.example.com/trigger/1", "it is not an absolute URL"],
    ["http://hooks.example.com/trigger/1", "it does not start with https://"],
    ["ftp://hooks.example.com/trigger/1", "it does not start with https://"],
    ["https://user@hooks.example.com/", "it holds a user name or password"],
    ["https://:pass@hooks.example.com/", "it holds a user name or password"],
    ["https://hooks/trigger/1", "hooks is not public"],
    ["https://localhost:8400/", "localhost:8400 is not public"],
    ["https://127.0.0.1/", "127.0.0.1 is not public"],
    ["https://0x7f000001/", "127.0.0.1 is not public"],
    ["https://10.0.0.5/", "10.0.0.5 is not public"],
    ["https://169.254.169.254/", "169.254.169.254 is not public"],
    ["https://[::1]/", "[::1] is not public"],
    ["https://[fd12::1]/", "[fd12::1] is not public"],
    ["https://[::ffff:192.168.0.1]/", "[::ffff:c0a8:1] is not public"],
    ["https://runner.local/", "runner.local is not public"],
  ])("%s is refused: %s", (url, problem) => {
    expect(() => checkEndpoint(url, API)).toThrow(
      expect.objectContaining({
        code: "INPUT_INVALID",
        message: expect.stringMatching(
          `^Endpoint URL: ${problem.replaceAll(/[[\].]/g, "\\$&")}\\. Providers deliver only to`,
        ),
      }),
    );
  });

  it("is not told with what may be secret in it", () => {
    const urls = ["https://user:t0p@hooks.example.com/", "https://10.0.0.1/t0p?token=t0p"];
    for (const url of urls)
      expect(() => checkEndpoint(url, API)).toThrow(
        expect.objectContaining({ message: expect.not.stringContaining("t0p") }),
      );
  });
});

describe("an endpoint that a provider can deliver to", () => {
  it.each([
    ["https://hooks.example.com/trigger/1?x=1", API],
    ["https://8.8.8.8/hook", API],
    ["https://hooks.example.com/trigger/1", "http://127.0.0.1:8500"],
    ["http://127.0.0.1:8400/trigger/1", "http://127.0.0.1:8500"],
    ["http://localhost:8400/trigger/1", "http://[::1]:8500"],
  ])("%s is fine for an API at %s", (url, api) => {
    expect(() => checkEndpoint(url, api)).not.toThrow();
  });

  it("is one on this machine only for an API on this machine", () => {
    for (const api of [API, "https://127.0.0.1.example.com", "no URL"])
      expect(() => checkEndpoint("http://127.0.0.1:8400/", api)).toThrow("https://");
    expect(() => checkEndpoint("http://10.0.0.1/", "http://127.0.0.1:8500")).toThrow("https://");
  });
});
