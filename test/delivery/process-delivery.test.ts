import { createHash, createHmac } from "node:crypto";
import { firstChallenge } from "../../src/challenges/first-challenge";
import { probe } from "../../src/challenges/probe";
import { processDelivery } from "../../src/delivery/process-delivery";
import type { DeliverySettings } from "../../src/delivery/settings";
import { HooklineError } from "../../src/errors";
import { bodyEvents } from "../../src/events/body-events";
import { toReceived } from "../../src/http/outbound-request";
import { emptyReply, textReply } from "../../src/http/reply";
import { awsSns } from "../../src/providers/aws-sns";
import { github } from "../../src/providers/github";
import { defineProvider, type Provider } from "../../src/providers/provider";
import { forgetFetchedKeys } from "../../src/signatures/fetched-keys";
import { hmac } from "../../src/signatures/mac";
import { publicKey } from "../../src/signatures/public-key";
import { pemKey } from "../../src/signatures/public-keys";
import { sign } from "../../src/signatures/sign";
import { ENDPOINT, NOW, NOW_SECONDS } from "../support/evidence";
import { keyPairOf } from "../support/key-pairs";

const SECRET = "a secret of the test";

const example: Provider = defineProvider({
  id: "example",
  name: "Example",
  docs: "https://example.com/webhooks",
  evidence: "assumed",
  secret: "A secret",
  signature: hmac({
    hash: "sha256",
    encoding: "hex",
    signature: { header: "x-signature" },
    timestamp: { header: "x-time", unit: "seconds" },
    content: ({ timestamp, body }) => [timestamp, ".", body],
  }),
  challenge: firstChallenge(
    probe({ signed: false, when: { all: [{ query: "probe" }] }, reply: textReply("unsigned") }),
    probe({ signed: true, when: { all: [{ json: "ping" }] }, reply: textReply("signed") }),
  ),
  events: bodyEvents({ each: "events.*", id: "id", type: "type", orderingKey: "key" }),
  samples: {},
});

interface Sent {
  readonly body?: string | Buffer;
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signedWith?: string | null;
}

const requestOf = ({ body = "", url = ENDPOINT, headers = {}, signedWith = SECRET }: Sent) => {
  const bytes = Buffer.from(body);
  const mac = createHmac("sha256", signedWith ?? "")
    .update(`${NOW_SECONDS}.`)
    .update(bytes);
  return toReceived(
    {
      method: "POST",
      url,
      headers: {
        "Content-Type": "application/json",
        "X-Time": NOW_SECONDS,
        ...(signedWith !== null && { "X-Signature": mac.digest("hex") }),
        ...headers,
      },
      body: bytes,
    },
    NOW,
  );
};

const deliver = (sent: Sent, settings: Partial<DeliverySettings> = {}) =>
  processDelivery(requestOf(sent), {
    provider: example,
    secrets: [SECRET],
    options: {},
    now: NOW,
    fetchText: () => Promise.reject(new Error("Nothing is fetched here.")),
    ...settings,
  });

const EVENTS =
  '{"events":[{"id":"1","type":"a.made","key":"k1"},{"id":"2","type":"a.made","key":"k2"}]}';
const sha256 = (bytes: string | Buffer) => createHash("sha256").update(bytes).digest("hex");

describe("a verified delivery", () => {
  it("is described with its events, its signer and its bytes", async () => {
    const outcome = await deliver({ body: EVENTS }, { secrets: ["newer", SECRET] });
    expect(outcome).toMatchObject({
      kind: "accepted",
      body: { format: "json", data: JSON.parse(EVENTS) },
    });
    expect(outcome.delivery).toEqual({
      provider: "example",
      verified: true,
      secretIndex: 1,
      id: sha256(EVENTS),
      type: "a.made",
      orderingKey: null,
      sentAt: NOW.toISOString(),
      receivedAt: NOW.toISOString(),
      bodyHash: sha256(EVENTS),
      events: [
        {
          id: "1",
          type: "a.made",
          orderingKey: "k1",
          data: { id: "1", type: "a.made", key: "k1" },
        },
        {
          id: "2",
          type: "a.made",
          orderingKey: "k2",
          data: { id: "2", type: "a.made", key: "k2" },
        },
      ],
    });
  });

  it("takes id, type and ordering key from its only event", async () => {
    const body = '{"events":[{"id":"1","type":"a.made","key":"k"}]}';
    expect((await deliver({ body })).delivery).toMatchObject({
      id: "1",
      type: "a.made",
      orderingKey: "k",
    });
  });

  it("of several types is of none", async () => {
    const body = '{"events":[{"id":"1","type":"a"},{"id":"2","type":"b"}]}';
    expect((await deliver({ body })).delivery).toMatchObject({ type: "unknown" });
  });

  it.each<[string, string | Buffer, string | undefined, string]>([
    ["broken JSON", '{"events":[', undefined, "text"],
    ["nothing", "", undefined, "empty"],
    ["bytes that are no text", Buffer.from([0xff, 0xfe, 0x00]), undefined, "binary"],
    ["another shape", '{"other":1}', undefined, "json"],
    ["a bare number", "7", undefined, "json"],
    ["XML with a document type", "<!DOCTYPE x><x/>", "application/xml", "text"],
    ["a form it was not said to be", "a=1", "application/json", "text"],
  ])("is delivered though its body is %s", async (_name, body, contentType, format) => {
    const headers = contentType === undefined ? {} : { "Content-Type": contentType };
    const outcome = await deliver({ body, headers });
    expect(outcome).toMatchObject({ kind: "accepted", body: { format } });
    expect(outcome.delivery).toMatchObject({
      verified: true,
      type: "unknown",
      bodyHash: sha256(body),
    });
    expect(outcome.delivery.events).toEqual([
      expect.objectContaining({ type: "unknown", id: expect.stringMatching(/^[0-9a-f]{64}$/) }),
    ]);
  });

  it("is delivered though its events could not be read", async () => {
    const events = {
      ...example.events,
      read: () => {
        throw new Error("surprise");
      },
    };
    const outcome = await deliver({ body: EVENTS }, { provider: { ...example, events } });
    expect(outcome).toMatchObject({ kind: "accepted" });
    expect(outcome.delivery.events).toEqual([
      { id: sha256(EVENTS), type: "unknown", orderingKey: null, data: JSON.parse(EVENTS) },
    ]);
  });

  it("is answered as the provider insists, and by the host where it does not", async () => {
    expect(await deliver({ body: EVENTS })).not.toHaveProperty("reply");
    const fixed = { ...example, acknowledgement: textReply("ok") };
    expect(await deliver({ body: EVENTS }, { provider: fixed })).toHaveProperty(
      "reply",
      textReply("ok"),
    );
    const computed: Provider = {
      ...example,
      acknowledgement: ({ body }) => textReply(String(body.length)),
    };
    expect(await deliver({ body: EVENTS }, { provider: computed })).toHaveProperty(
      "reply",
      textReply(String(EVENTS.length)),
    );
  });

  it("honours the builder's tolerance", async () => {
    const now = new Date(NOW.getTime() + 400_000);
    expect(await deliver({ body: EVENTS }, { now })).toMatchObject({
      reason: "timestamp-outside-tolerance",
    });
    expect(await deliver({ body: EVENTS }, { now, toleranceSeconds: 400 })).toMatchObject({
      kind: "accepted",
    });
  });
});

describe("a rejected delivery", () => {
  it("tells why, and carries nothing of what it held", async () => {
    const outcome = await deliver({ body: EVENTS, signedWith: "stranger-key" });
    expect(outcome).toEqual({
      kind: "rejected",
      reason: "signature-mismatch",
      detail: expect.any(String),
      delivery: {
        provider: "example",
        verified: false,
        secretIndex: null,
        id: sha256(EVENTS),
        type: "unknown",
        orderingKey: null,
        sentAt: null,
        receivedAt: NOW.toISOString(),
        bodyHash: sha256(EVENTS),
        events: [],
        rejection: { reason: "signature-mismatch", detail: expect.any(String) },
      },
    });
    expect(JSON.stringify(outcome)).not.toMatch(/a\.made|stranger-key|a secret/);
  });

  it("is answered where the provider tests that forgeries are refused", async () => {
    const provider = { ...example, rejection: emptyReply(401) };
    const outcome = await deliver({ body: EVENTS, signedWith: "other" }, { provider });
    expect(outcome).toHaveProperty("reply", emptyReply(401));
  });

  it("is not read", async () => {
    const read = jest.fn(() => []);
    const provider = { ...example, events: { ...example.events, read } };
    await deliver({ body: EVENTS, signedWith: "other" }, { provider });
    expect(read).not.toHaveBeenCalled();
  });
});

describe("the order", () => {
  it("looks at size before all else", async () => {
    const body = Buffer.alloc(6 * 1024 * 1024 + 1, " ");
    const outcome = await deliver({ body, url: `${ENDPOINT}&probe=1` });
    expect(outcome).toMatchObject({ kind: "rejected", reason: "body-too-large" });
    const largest = await deliver({ body: body.subarray(1) });
    expect(largest.kind).toBe("accepted");
  });

  it("looks at the source before the challenge", async () => {
    const settings = { allowedSources: ["203.0.113.0/24"], sourceHeader: "X-Forwarded-For" };
    const outcome = await deliver({ url: `${ENDPOINT}&probe=1` }, settings);
    expect(outcome).toMatchObject({ kind: "rejected", reason: "source-not-allowed" });
  });

  it("answers an unsigned challenge before the signature, secret or not", async () => {
    for (const secrets of [[], [SECRET]]) {
      const outcome = await deliver({ url: `${ENDPOINT}&probe=1`, signedWith: null }, { secrets });
      expect(outcome).toMatchObject({
        kind: "challenge",
        reply: textReply("unsigned"),
        delivery: { verified: false, events: [] },
      });
    }
  });

  it("answers a signed challenge only after the signature", async () => {
    const body = '{"ping":1}';
    expect(await deliver({ body })).toMatchObject({
      kind: "challenge",
      reply: textReply("signed"),
      delivery: { verified: true, secretIndex: 0, events: [] },
    });
    expect(await deliver({ body, signedWith: "other" })).toMatchObject({
      kind: "rejected",
      reason: "signature-mismatch",
    });
    expect(await deliver({ body, signedWith: null })).toMatchObject({
      reason: "signature-missing",
    });
  });
});

describe("the source", () => {
  const settings = { allowedSources: ["203.0.113.0/24", "2001:db8::1"], sourceHeader: "X-Real-IP" };
  const from = (address: string, more: Partial<DeliverySettings> = {}) =>
    deliver({ body: EVENTS, headers: { "x-real-ip": address } }, { ...settings, ...more });

  it.each([
    "203.0.113.7",
    "::ffff:203.0.113.7",
    "2001:db8::1",
    "198.51.100.1, 203.0.113.7",
    "203.0.113.7:4711",
  ])("%s is allowed", async (address) => {
    expect((await from(address)).kind).toBe("accepted");
  });

  it.each([
    "203.0.114.7",
    "203.0.113.7, 198.51.100.1",
    "",
    "localhost",
    "203.0.113.7.evil.example",
  ])("%j is not", async (address) => {
    expect(await from(address)).toMatchObject({ reason: "source-not-allowed" });
  });

  it("is not checked where no source is named", async () => {
    expect((await from("198.51.100.1", { allowedSources: [] })).kind).toBe("accepted");
  });

  it("cannot be checked without the header that holds it, which a person must name", async () => {
    await expect(from("203.0.113.7", { sourceHeader: " " })).rejects.toThrow("Source Header");
  });

  it("cannot be checked against what is no range, which a person must mend", async () => {
    await expect(from("203.0.113.7", { allowedSources: ["203.0.113.0/33"] })).rejects.toThrow(
      HooklineError,
    );
  });
});

describe("a simulated test", () => {
  it("is read without a signature, and says that nothing was verified", async () => {
    const outcome = await deliver(
      { body: EVENTS, signedWith: null },
      { isSimulated: true, secrets: [] },
    );
    expect(outcome).toMatchObject({
      kind: "accepted",
      delivery: { verified: false, secretIndex: null, sentAt: null, type: "a.made" },
    });
  });

  it("is still bounded in size", async () => {
    const body = Buffer.alloc(6 * 1024 * 1024 + 1);
    expect(await deliver({ body }, { isSimulated: true })).toMatchObject({
      reason: "body-too-large",
    });
  });
});

it("a provider that signs nothing says so in the delivery", async () => {
  const provider: Provider = { ...example, signature: { kind: "none" } };
  expect(
    await deliver({ body: EVENTS, signedWith: null }, { provider, secrets: [] }),
  ).toMatchObject({
    kind: "accepted",
    delivery: { verified: false, secretIndex: null },
  });
});

describe("a key that has to be fetched", () => {
  beforeEach(forgetFetchedKeys);

  const pair = keyPairOf("rsa");
  const provider: Provider = {
    ...example,
    signature: publicKey({
      algorithm: "rsa",
      hash: "sha256",
      encoding: "base64",
      signature: { header: "x-rsa" },
      content: ({ body }) => [body],
      key: pemKey,
      source: {
        url: () => "https://keys.example.com/key.pem",
        isPinned: ({ hostname }) => hostname === "keys.example.com",
        host: "keys.example.com",
      },
    }),
  };

  const send = async (fetchText: DeliverySettings["fetchText"]) => {
    const request = { method: "POST", url: ENDPOINT, headers: {}, body: Buffer.from(EVENTS) };
    const signed = await sign(provider.signature, request, { secret: pair.privateKey, now: NOW });
    return deliver({ body: EVENTS, headers: signed.headers }, { provider, secrets: [], fetchText });
  };

  it("is fetched by the host", async () => {
    expect(await send(async () => pair.publicKey)).toMatchObject({
      kind: "accepted",
      delivery: { verified: true, secretIndex: null },
    });
  });

  it("makes a rejection while it is unavailable, so that the provider sends again", async () => {
    expect(await send(() => Promise.reject(new Error("down")))).toMatchObject({
      kind: "rejected",
      reason: "key-unavailable",
    });
    expect((await send(async () => pair.publicKey)).kind).toBe("accepted");
  });
});

describe("a subscription that has to be confirmed", () => {
  const options = { topicArn: "arn:aws:sns:us-east-1:123456789012:MyTopic" };
  const url = "https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&Token=abc";
  const pair = keyPairOf("rsa");

  const send = async (fetchText: DeliverySettings["fetchText"]) => {
    const message = {
      ...(awsSns.samples.Notification?.body as object),
      Type: "SubscriptionConfirmation",
      Token: "abc",
      SubscribeURL: url,
    };
    const request = {
      method: "POST",
      url: ENDPOINT,
      headers: {},
      body: Buffer.from(JSON.stringify(message)),
    };
    const signed = await sign(awsSns.signature, request, {
      secret: pair.privateKey,
      now: NOW,
      options,
    });
    return deliver(
      { body: signed.body },
      { provider: awsSns, secrets: [pair.publicKey], options, fetchText },
    );
  };

  it("is, once, before it is answered", async () => {
    const fetchText = jest.fn(async () => "<ConfirmSubscriptionResponse/>");
    expect(await send(fetchText)).toMatchObject({ kind: "challenge", reply: { status: 200 } });
    expect(fetchText.mock.calls).toEqual([[url]]);
  });

  it("fails for now when it cannot be, so that the provider sends again", async () => {
    const attempt = send(() => Promise.reject(new Error("down")));
    await expect(attempt).rejects.toMatchObject({ code: "HANDSHAKE_FAILED", retryable: true });
    await expect(attempt).rejects.toThrow("sns.us-east-1.amazonaws.com");
    await expect(attempt).rejects.not.toThrow("abc");
  });
});

it("a handshake that is refused is a rejection with the challenge's own reply", async () => {
  const request = toReceived(
    { method: "POST", url: ENDPOINT, headers: { "x-github-event": "ping" }, body: Buffer.alloc(0) },
    NOW,
  );
  const outcome = await processDelivery(request, {
    provider: {
      ...github,
      rejection: emptyReply(401),
      challenge: {
        signed: false,
        description: "",
        answer: () => ({
          kind: "refused",
          reason: "claim-mismatch",
          detail: "No.",
          reply: emptyReply(403),
        }),
      },
    },
    secrets: [SECRET],
    options: {},
    now: NOW,
    fetchText: async () => "",
  });
  expect(outcome).toMatchObject({
    kind: "rejected",
    reason: "claim-mismatch",
    reply: emptyReply(403),
    delivery: { rejection: { reason: "claim-mismatch", detail: "No." } },
  });
});
