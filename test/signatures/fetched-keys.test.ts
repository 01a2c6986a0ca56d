import { fetchPinnedKey, forgetFetchedKeys } from "../../src/signatures/fetched-keys";
import type { KeySource } from "../../src/signatures/scheme";
import { evidenceOf, NOW } from "../support/evidence";

const URL_OF_KEY = "https://keys.example.com/v1/current.pem";

const sourceOf = (url: string | undefined = URL_OF_KEY): KeySource => ({
  url: () => url,
  isPinned: ({ hostname, pathname }) =>
    hostname === "keys.example.com" && pathname.startsWith("/v1/"),
  host: "keys.example.com",
});

const after = (milliseconds: number) => new Date(NOW.getTime() + milliseconds);

const evidenceWith = (fetchKey: (url: string) => Promise<string>, now = NOW) =>
  evidenceOf({ fetchKey, now });

const HOUR = 3_600_000;

beforeEach(forgetFetchedKeys);

it("fetches the key from the pinned host", async () => {
  const fetchKey = jest.fn(async (url: string) => `key at ${url}`);
  expect(await fetchPinnedKey(sourceOf(), evidenceWith(fetchKey))).toBe(`key at ${URL_OF_KEY}`);
});

it.each([
  ["plain http", "http://keys.example.com/v1/current.pem"],
  ["a user name", "https://user@keys.example.com/v1/current.pem"],
  ["a password", "https://:password@keys.example.com/v1/current.pem"],
  ["another port", "https://keys.example.com:8443/v1/current.pem"],
  ["another host", "https://evil.example/v1/current.pem"],
  ["a host that ends alike", "https://evilkeys.example.com/v1/current.pem"],
  ["a host that begins alike", "https://keys.example.com.evil.example/v1/current.pem"],
  ["the host as user name of another", "https://keys.example.com@evil.example/v1/current.pem"],
  ["another path", "https://keys.example.com/uploads/evil.pem"],
  ["a path that leaves the pinned one", "https://keys.example.com/v1/../uploads/evil.pem"],
  ["a backslash for a slash", "https://keys.example.com\\@evil.example/v1/current.pem"],
  ["an address of a file", "file:///etc/passwd"],
  ["data", "data:text/plain,key"],
  ["no URL", "current.pem"],
  ["nothing", ""],
])("never fetches from %s", async (_name, url) => {
  const fetchKey = jest.fn(async () => "key");
  const source = sourceOf(url);
  const outcome = await fetchPinnedKey(source, evidenceWith(fetchKey));
  const target = URL.canParse(url) ? new URL(url) : undefined;
  if (target?.hostname === "keys.example.com" && target.pathname.startsWith("/v1/")) {
    expect([target.protocol, target.username, target.password, target.port]).not.toEqual([
      "https:",
      "",
      "",
      "",
    ]);
  }
  expect(outcome).toMatchObject({ kind: "rejected", reason: "key-unavailable" });
  expect(fetchKey).not.toHaveBeenCalled();
});

it("says that the delivery names no key", async () => {
  const source = { ...sourceOf(), url: () => undefined };
  expect(await fetchPinnedKey(source, evidenceOf({}))).toMatchObject({
    reason: "key-unavailable",
    detail: expect.stringContaining("does not say which key"),
  });
});

it.each([
  ["a refused redirect", () => Promise.reject(new Error("302"))],
  [
    "an error thrown at once",
    () => {
      throw new Error("no network");
    },
  ],
])("takes %s for a key that is unavailable, and asks again next time", async (_name, fail) => {
  expect(await fetchPinnedKey(sourceOf(), evidenceWith(fail))).toMatchObject({
    reason: "key-unavailable",
    detail: expect.stringContaining("keys.example.com"),
  });
  expect(
    await fetchPinnedKey(
      sourceOf(),
      evidenceWith(async () => "key"),
    ),
  ).toBe("key");
});

it("keeps the key for an hour", async () => {
  const fetchKey = jest.fn(async () => "key");
  await fetchPinnedKey(sourceOf(), evidenceWith(fetchKey));
  await fetchPinnedKey(sourceOf(), evidenceWith(fetchKey, after(HOUR - 1)));
  expect(fetchKey).toHaveBeenCalledTimes(1);
  await fetchPinnedKey(sourceOf(), evidenceWith(fetchKey, after(HOUR)));
  expect(fetchKey).toHaveBeenCalledTimes(2);
});

it("keeps keys by their address", async () => {
  const fetchKey = jest.fn(async (url: string) => url);
  for (const url of [URL_OF_KEY, `${URL_OF_KEY}?id=2`, URL_OF_KEY])
    expect(await fetchPinnedKey(sourceOf(url), evidenceWith(fetchKey))).toBe(url);
  expect(fetchKey).toHaveBeenCalledTimes(2);
});

it("fetches once for deliveries that arrive together", async () => {
  const fetchKey = jest.fn(async () => "key");
  const all = Array.from({ length: 50 }, () => fetchPinnedKey(sourceOf(), evidenceWith(fetchKey)));
  expect(new Set(await Promise.all(all))).toEqual(new Set(["key"]));
  expect(fetchKey).toHaveBeenCalledTimes(1);
});

it("rejects all deliveries that waited for a fetch that failed", async () => {
  const fetchKey = jest.fn(() => Promise.reject(new Error("down")));
  const all = Array.from({ length: 3 }, () => fetchPinnedKey(sourceOf(), evidenceWith(fetchKey)));
  for (const outcome of await Promise.all(all))
    expect(outcome).toMatchObject({ reason: "key-unavailable" });
  expect(fetchKey).toHaveBeenCalledTimes(1);
});

it("asks anew when a kept key is older than the caller accepts, and keeps the old one if that fails", async () => {
  await fetchPinnedKey(
    sourceOf(),
    evidenceWith(async () => "old"),
  );
  const failing = evidenceWith(() => Promise.reject(new Error("down")), after(60_000));
  expect(await fetchPinnedKey(sourceOf(), failing, 60_000)).toMatchObject({
    reason: "key-unavailable",
  });
  const later = evidenceWith(async () => "new", after(60_001));
  expect(await fetchPinnedKey(sourceOf(), later)).toBe("old");
  expect(await fetchPinnedKey(sourceOf(), later, 60_000)).toBe("new");
});

it("keeps a hundred keys, so that forged addresses cannot fill the memory", async () => {
  const fetchKey = jest.fn(async (url: string) => url);
  const ask = (id: number) =>
    fetchPinnedKey(sourceOf(`${URL_OF_KEY}?id=${id}`), evidenceWith(fetchKey));
  for (let id = 0; id <= 100; id += 1) await ask(id);
  await ask(100);
  expect(fetchKey).toHaveBeenCalledTimes(101);
  await ask(0);
  expect(fetchKey).toHaveBeenCalledTimes(102);
});

it("does not keep a key for longer because the clock was set back", async () => {
  const fetchKey = jest.fn(async () => "key");
  await fetchPinnedKey(sourceOf(), evidenceWith(fetchKey, after(100 * HOUR)));
  await fetchPinnedKey(sourceOf(), evidenceWith(fetchKey));
  expect(fetchKey).toHaveBeenCalledTimes(2);
});
