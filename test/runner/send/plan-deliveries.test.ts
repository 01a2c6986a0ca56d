import { toReceived } from "../../../src/http/outbound-request";
import { providers } from "../../../src/providers/catalogue";
import type { Provider } from "../../../src/providers/provider";
import { readEventId } from "../../../src/runner/send/event-id";
import { prepareDeliveries } from "../../../src/runner/send/prepare-deliveries";
import type { SendTarget } from "../../../src/runner/send/send-target";
import { verifySignature } from "../../../src/signatures/verify-signature";

const now = new Date("2026-11-21T03:00:00Z");
const url = "http://127.0.0.1:8400/trigger/abc==";

const target: SendTarget = {
  flow: "Flow 1",
  url,
  trigger: null,
  provider: null,
  secret: Buffer.from("a secret of the test, long enough").toString("hex"),
  username: "",
  options: {},
  endpointUrl: "",
  queue: null,
};

const plan = { count: 1, duplicates: 0, forge: false, shuffle: false };

const isSymmetric = ({ signature }: Provider): boolean => {
  const [first] = signature.kind === "choice" ? Object.values(signature.schemes) : [signature];
  return first?.kind === "jwt"
    ? first.algorithms[0] === "HS256"
    : !["public-key", "detached-jws"].includes(first?.kind ?? "");
};

const symmetric = providers.filter(isSymmetric);

const verify = async (provider: Provider, delivery: Parameters<typeof toReceived>[0]) =>
  verifySignature(provider.signature, {
    request: toReceived(delivery, now),
    secrets: [target.secret],
    username: "",
    options: { ...provider.sampleOptions },
    now,
    fetchKey: async () => {
      throw new Error("nothing is fetched here");
    },
  });

describe.each(symmetric.map((provider) => [provider.id, provider] as const))(
  "%s",
  (_id, provider) => {
    it.each(Object.keys(provider.samples))("sends a genuine %s", async (event) => {
      const [delivery] = await prepareDeliveries(provider, target, { event, now, plan });
      await expect(verify(provider, delivery!)).resolves.toMatchObject({ kind: "verified" });
    });

    it("sends a forged one that does not verify, where the body is signed", async () => {
      const [delivery] = await prepareDeliveries(provider, target, {
        now,
        plan: { ...plan, forge: true },
      });
      const [genuine] = await prepareDeliveries(provider, target, { now, plan });
      expect(delivery!.body.equals(genuine!.body)).toBe(false);
    });

    it("sends several events, each with an id of its own and its duplicate the same to the byte", async () => {
      const deliveries = await prepareDeliveries(provider, target, {
        now,
        plan: { ...plan, count: 3, duplicates: 1 },
      });
      expect(deliveries).toHaveLength(6);
      const ids = deliveries.map((delivery) => readEventId(provider, delivery));
      expect(new Set(ids).size).toBe(3);
      expect(deliveries[0]).toEqual(deliveries[1]);
      for (const delivery of deliveries)
        await expect(verify(provider, delivery)).resolves.toMatchObject({ kind: "verified" });
    });
  },
);

const find = (id: string): Provider => providers.find((provider) => provider.id === id)!;

it.each(["github", "stripe", "slack", "standard-webhooks"])(
  "forges a body of %s that is still JSON",
  async (id) => {
    const [delivery] = await prepareDeliveries(find(id), target, {
      now,
      plan: { ...plan, forge: true },
    });
    expect(() => JSON.parse(delivery!.body.toString())).not.toThrow();
    await expect(verify(find(id), delivery!)).resolves.toMatchObject({
      reason: "signature-mismatch",
    });
  },
);

it("signs the URL that the provider was given and posts to the flow's", async () => {
  const endpointUrl = "https://hooks.example.com/in?tenant=1";
  const [delivery] = await prepareDeliveries(
    find("square"),
    { ...target, endpointUrl },
    { now, plan },
  );
  expect(delivery!.url).toBe(url);
  const given = { ...delivery!, url: endpointUrl };
  await expect(verify(find("square"), given)).resolves.toMatchObject({ kind: "verified" });
});

it("puts a token that belongs into the URL there", async () => {
  const [delivery] = await prepareDeliveries(find("kinetic"), target, { now, plan });
  expect(new URL(delivery!.url).searchParams.get("token")).toBe(target.secret);
});

it("names the samples there are when asked for another", async () => {
  const attempt = prepareDeliveries(find("stripe"), target, { event: "invoice.payed", now, plan });
  await expect(attempt).rejects.toThrow(
    /no sample "invoice.payed" of Stripe\. Choose one of invoice\.paid/,
  );
});

it.each(["constructor", "__proto__"])("has no sample called %s", async (event) => {
  const attempt = prepareDeliveries(find("stripe"), target, { event, now, plan });
  await expect(attempt).rejects.toThrow(/There is no sample/);
});

it("takes another body and signs that", async () => {
  const [delivery] = await prepareDeliveries(find("github"), target, {
    body: '{"own":1}',
    now,
    plan,
  });
  expect(delivery!.body.toString()).toBe('{"own":1}');
  await expect(verify(find("github"), delivery!)).resolves.toMatchObject({ kind: "verified" });
});
