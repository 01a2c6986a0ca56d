import { generateKeyPairSync } from "node:crypto";
import { FlattenedSign, type JWK } from "jose";
import { truelayer } from "../../src/providers/truelayer";
import { forgetFetchedKeys } from "../../src/signatures/fetched-keys";
import { receive, sampleOf, toOutbound, verdictOf } from "../support/provider-deliveries";

const KEY_SET_URL = "https://webhooks.truelayer.com/.well-known/jwks";
const SANDBOX_KEY_SET_URL = "https://webhooks.truelayer-sandbox.com/.well-known/jwks";
const TIMESTAMP = "2026-03-01T10:00:00Z";
const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-521" });
const stranger = generateKeyPairSync("ec", { namedCurve: "P-521" });

const jwk = (kid: string, key = publicKey): JWK => ({
  ...(key.export({ format: "jwk" }) as JWK),
  kid,
  alg: "ES512",
});
const keySet = JSON.stringify({ keys: [jwk("old", stranger.publicKey), jwk("current")] });

interface Made {
  readonly key?: typeof privateKey;
  readonly header?: object;
  readonly lines?: string;
}

const deliver = async ({
  key = privateKey,
  header = {},
  lines = `X-Tl-Webhook-Timestamp: ${TIMESTAMP}\n`,
}: Made = {}) => {
  const request = toOutbound(sampleOf(truelayer, "payment_executed"));
  const path = new URL(request.url).pathname;
  const payload = Buffer.concat([Buffer.from(`POST ${path}\n${lines}`), request.body]);
  const jws = await new FlattenedSign(payload)
    .setProtectedHeader({
      alg: "ES512",
      kid: "current",
      tl_version: "2",
      tl_headers: "X-Tl-Webhook-Timestamp",
      jku: KEY_SET_URL,
      ...header,
    })
    .sign(key);
  const headers = {
    ...request.headers,
    "x-tl-webhook-timestamp": TIMESTAMP,
    "tl-signature": `${jws.protected}..${jws.signature}`,
  };
  return { ...request, headers };
};

const served = () => jest.fn(async () => keySet);

beforeEach(forgetFetchedKeys);

describe("TrueLayer", () => {
  it("verifies with the key of the token's id, from the key set that the token points at", async () => {
    const fetchText = served();
    const outcome = await receive(truelayer, await deliver(), { secrets: [], fetchText });
    expect(outcome).toMatchObject({ kind: "accepted", delivery: { type: "payment_executed" } });
    expect(fetchText.mock.calls).toEqual([[KEY_SET_URL]]);
  });

  it("covers whichever headers the token names, in their order and spelling", async () => {
    const made = {
      header: { tl_headers: "Content-Type,X-Tl-Webhook-Timestamp" },
      lines: `Content-Type: application/json\nX-Tl-Webhook-Timestamp: ${TIMESTAMP}\n`,
    };
    const settings = { secrets: [keySet] };
    const request = await deliver(made);
    expect(verdictOf(await receive(truelayer, request, settings))).toBe("accepted");
    const forged = { ...request, headers: { ...request.headers, "content-type": "text/plain" } };
    expect(verdictOf(await receive(truelayer, forged, settings))).toBe("signature-mismatch");
    const { "content-type": _, ...headers }: Record<string, string> = request.headers;
    expect(verdictOf(await receive(truelayer, { ...request, headers }, settings))).toBe(
      "signature-missing",
    );
  });

  it("takes a key of the sandbox only where the builder chose the sandbox", async () => {
    const request = await deliver({ header: { jku: SANDBOX_KEY_SET_URL } });
    const verdict = async (environment: string) =>
      verdictOf(
        await receive(truelayer, request, {
          secrets: [],
          fetchText: served(),
          options: { environment },
        }),
      );
    expect(await verdict("")).toBe("key-unavailable");
    expect(await verdict("live")).toBe("key-unavailable");
    expect(await verdict("sandbox")).toBe("accepted");
  });

  it("takes no live key where the builder chose the sandbox", async () => {
    const outcome = await receive(truelayer, await deliver(), {
      secrets: [],
      fetchText: served(),
      options: { environment: "sandbox" },
    });
    expect(verdictOf(outcome)).toBe("key-unavailable");
  });

  it.each([
    "https://evil.example.com/.well-known/jwks",
    SANDBOX_KEY_SET_URL,
    "https://webhooks.truelayer.com/.well-known/jwks/../../mine",
    "https://webhooks.truelayer.com/.well-known/jwks?x=1",
    "http://webhooks.truelayer.com/.well-known/jwks",
    undefined,
  ])("never fetches keys from %p", async (jku) => {
    const fetchText = served();
    const request = await deliver({ header: { jku } });
    expect(verdictOf(await receive(truelayer, request, { secrets: [], fetchText }))).toBe(
      "key-unavailable",
    );
    expect(fetchText).not.toHaveBeenCalled();
  });

  it.each([
    ["another key", { key: stranger.privateKey }],
    ["another time", { lines: "X-Tl-Webhook-Timestamp: 2020-01-01T00:00:00Z\n" }],
    ["a key id that is not served", { header: { kid: "unknown" } }],
  ])("refuses a delivery that was signed with %s", async (_name, made) => {
    const outcome = await receive(truelayer, await deliver(made), {
      secrets: [],
      fetchText: served(),
    });
    expect(verdictOf(outcome)).toBe("signature-mismatch");
  });

  it("asks again a minute after something else than a key set was served", async () => {
    const fetchText = served().mockResolvedValueOnce("<html>Sorry</html>");
    const at = (seconds: number) => ({
      secrets: [],
      fetchText,
      now: new Date(Date.parse(TIMESTAMP) + seconds * 1000),
    });
    const request = await deliver();
    expect(verdictOf(await receive(truelayer, request, at(0)))).toBe("key-unavailable");
    expect(verdictOf(await receive(truelayer, request, at(59)))).toBe("key-unavailable");
    expect(fetchText).toHaveBeenCalledTimes(1);
    expect(verdictOf(await receive(truelayer, request, at(61)))).toBe("accepted");
  });

  it("refuses a token that is not detached", async () => {
    const request = await deliver();
    const token = request.headers["tl-signature"]?.replace("..", ".e30.");
    const forged = { ...request, headers: { ...request.headers, "tl-signature": token ?? "" } };
    expect(verdictOf(await receive(truelayer, forged, { secrets: [keySet] }))).toBe(
      "signature-malformed",
    );
  });
});
