import type { Outcome } from "../../src/delivery/outcome";
import type { Reply } from "../../src/http/reply";
import { providers } from "../../src/providers/catalogue";
import type { Provider } from "../../src/providers/provider";
import { describeScheme } from "../../src/signatures/describe-scheme";
import type { SingleScheme } from "../../src/signatures/scheme";
import { sign } from "../../src/signatures/sign";
import { verifySignature } from "../../src/signatures/verify-signature";
import { carriersOf, rawText, withoutCarrier } from "../support/carriers";
import { coverageOf } from "../support/coverage";
import {
  fromVector,
  type Genuine,
  recordedDeliveries,
  SIGNED_AT,
  schemesOf,
  signedSamples,
  signWith,
  toEvidence,
} from "../support/genuine";
import { deliver, judge, verdictOf, wronglyJudged } from "../support/judging";
import { keyPairOf, keyTypeOf } from "../support/key-pairs";
import { toOutbound } from "../support/provider-deliveries";
import {
  atEndsOfWindow,
  withBodyChanged,
  withSecretsChanged,
  withSignatureChanged,
  withSignatureTextFlipped,
  withSignedPartChanged,
  withTimeReplaced,
  withTimeShifted,
  wrongSecretFor,
} from "../support/tampering";
import { type Damage, recordedProviders, recordingOf, type Vector } from "../support/vectors";
import { type ChallengeCase, challengeCases } from "./challenge-cases";
import { acknowledgements, rejections } from "./replies";

type Recorded = NonNullable<Vector["response"]>;
type Refusal = NonNullable<ChallengeCase["refused"]>;

/** Signs again without writing a time: for times inside a signed body. */
const resigner = (genuine: Genuine) => {
  const { timestamp: _, ...scheme } = genuine.scheme as SingleScheme & { timestamp?: unknown };
  return (request: Genuine["request"]) => {
    const unsigned = carriersOf(genuine.scheme, request).reduce(
      (left, carrier) => withoutCarrier(carrier, left),
      request,
    );
    return sign(scheme as SingleScheme, unsigned, {
      secret: genuine.secrets[0]!,
      now: genuine.now,
    });
  };
};

const withDamage = (provider: Provider, damage: Damage): Genuine => {
  const whole = recordingOf(provider.id).vectors.find(({ name }) => name === damage.of)!;
  const merged: Vector = { ...whole, ...damage, options: { ...whole.options, ...damage.options } };
  return fromVector(provider, merged);
};

const challengesIn = (provider: Provider): readonly Vector[] =>
  recordingOf(provider.id).vectors.filter(({ kind }) => kind === "challenge");

const asComparable = (body: string | undefined): unknown => {
  try {
    return JSON.parse(body ?? "");
  } catch {
    return body;
  }
};

const expectRecorded = (reply: Reply, { status, headers = {}, body }: Recorded): void => {
  expect(reply.status).toBe(status);
  if (body !== undefined) expect(asComparable(reply.body)).toEqual(asComparable(body));
  const sent = Object.entries({ "content-type": reply.contentType, ...reply.headers });
  const names = new Map(sent.map(([name, value]) => [name.toLowerCase(), value]));
  for (const [name, value] of Object.entries(headers))
    expect([name, names.get(name.toLowerCase())]).toEqual([name, value]);
};

const expectRefused = (outcome: Outcome, { reason, status }: Refusal): void => {
  expect(outcome).toMatchObject({ kind: "rejected", reason });
  if (status !== undefined) expect(outcome).toMatchObject({ reply: { status } });
};

const signingSecretOf = ({ scheme, secrets }: Genuine): string =>
  scheme.kind === "public-key"
    ? keyPairOf(keyTypeOf(scheme.algorithm)).privateKey
    : (secrets[0] ?? "");

/** The request of a case, signed like the sample where the provider signs it. */
const toGenuine = async (
  { request, signed, secrets = [], verifyToken, options }: ChallengeCase,
  sample: Genuine,
): Promise<Genuine> => {
  const draft = toOutbound({ method: "POST", ...request });
  return {
    ...sample,
    request: signed ? await signWith(sample.scheme, draft, signingSecretOf(sample), {}) : draft,
    secrets: signed ? sample.secrets : secrets,
    verifyToken,
    options: { ...sample.options, ...options },
  };
};

/** Deliveries whose key has to be fetched, with the address of that key. */
const withFetchedKey = (all: readonly Genuine[]) =>
  all.flatMap((genuine) => {
    const { scheme } = genuine;
    const [url] = Object.keys(genuine.keys);
    if (!("source" in scheme) || !scheme.source || url === undefined) return [];
    return [{ genuine, url, scheme, source: scheme.source }];
  });

const elsewhere = (url: string): readonly string[] => [
  url.replace("https:", "http:"),
  url.replace("https://", "https://user@"),
  url.replace("https://", "https://user:password@"),
  url.replace(/^https:\/\/[^/]+/, "$&:8443"),
  url.replace(/^https:\/\/[^/]+/, "$&.evil.example"),
  url.replace("https://", "https://evil.example/"),
  url.replace("https://", "https://evil"),
  url.replace(/^https:\/\/[^/]+/, "https://127.0.0.1"),
  `${url}?redirect=https://evil.example`,
  url.replace(/[^/]+$/, "../../evil"),
  "file:///etc/passwd",
  "not a url",
  "",
];

const schemesOfProvider = ({ signature }: Provider) => Object.values(schemesOf(signature));

/** A test that can only fail for providers of one sort. */
const itWhere = (applies: unknown, name: string, test: () => Promise<void>): void => {
  if (applies) it(name, test);
};

it("knows a provider for every recording", () => {
  const ids = providers.map(({ id }) => id);
  expect(recordedProviders.filter((id) => !ids.includes(id))).toEqual([]);
  expect(challengeCases.map(({ provider }) => provider).filter((id) => !ids.includes(id))).toEqual(
    [],
  );
});

describe.each(providers.map((provider) => [provider.id, provider] as const))(
  "%s",
  (id, provider) => {
    const schemes = schemesOfProvider(provider);
    const isTimed = schemes.some((scheme) => scheme.kind === "jwt" || "timestamp" in scheme);
    const hasFetchedKey = recordingOf(id).vectors.some(({ keys }) => keys);
    const coversMore = schemes
      .map(coverageOf)
      .some(({ headers, options, url, method }) =>
        [headers.length, options.length, url, method].some(Boolean),
      );
    let recorded: readonly Genuine[];
    let samples: readonly Genuine[];
    let all: readonly Genuine[];

    beforeAll(async () => {
      recorded = recordedDeliveries(provider);
      samples = await signedSamples(provider);
      all = [...recorded, ...samples];
    });

    describe("its facts", () => {
      it("link to its documentation and say what to paste", () => {
        expect(provider.docs).toMatch(/^https:\/\/\S+$/);
        expect(provider.secret.trim()).not.toBe("");
        expect(provider.name.trim()).toBe(provider.name);
      });

      it("claim to be proven with an SDK only where one is recorded", () => {
        const isRecorded = recordingOf(id).vectors.some(({ sdk }) => sdk !== null);
        expect(provider.evidence === "sdk" && !isRecorded).toBe(false);
      });

      it("print what is signed, without a value of any delivery", () => {
        const lines = describeScheme(provider.signature);
        expect(lines).toHaveLength(Object.keys(schemesOf(provider.signature)).length);
        for (const line of lines) expect(line.trim()).not.toBe("");
        const values = all.flatMap(({ request, secrets, scheme }) => [
          ...secrets,
          request.body.toString("utf8"),
          request.url,
          ...carriersOf(scheme, request).flatMap((carrier) => rawText(carrier, request) ?? []),
          ...coverageOf(scheme).headers.map((name) => rawText({ header: name }, request) ?? ""),
        ]);
        const printed = values.filter((value) => value.length > 5 && lines.join().includes(value));
        expect(printed).toEqual([]);
      });

      it("use every one of its schemes in a sample or a recording", () => {
        const used = new Set(all.map(({ schemeName }) => schemeName));
        expect(
          Object.keys(schemesOf(provider.signature)).filter((name) => !used.has(name)),
        ).toEqual([]);
      });
    });

    describe("a genuine delivery", () => {
      it("is accepted", async () => {
        const refused: string[] = [];
        for (const genuine of all) {
          const verdict = await judge(genuine);
          if (verdict.kind !== "verified")
            refused.push(`${genuine.name}: ${JSON.stringify(verdict)}`);
        }
        expect(refused).toEqual([]);
        expect(samples.length).toBeGreaterThan(0);
      });

      it("is accepted with either of two secrets, told by its place", async () => {
        for (const genuine of all) {
          const [secret] = genuine.secrets;
          if (secret === undefined) continue;
          const wrong = wrongSecretFor(genuine, secret);
          const places = await Promise.all(
            [
              [secret, wrong],
              [wrong, secret],
              ["", secret],
            ].map((secrets) => judge({ ...genuine, secrets })),
          );
          expect(places).toEqual([
            expect.objectContaining({ kind: "verified", secretIndex: 0 }),
            expect.objectContaining({ kind: "verified", secretIndex: 1 }),
            expect.objectContaining({ kind: "verified", secretIndex: 1 }),
          ]);
        }
      });

      it("becomes the events that its samples name, with ids that a redelivery repeats", async () => {
        const later = await signedSamples(provider, new Date(SIGNED_AT.getTime() + 3_600_000));
        for (const [index, genuine] of samples.entries()) {
          const outcome = await deliver(genuine);
          const again = await deliver(later[index]!);
          expect([outcome.kind, again.kind]).toEqual(["accepted", "accepted"]);
          const { events } = outcome.delivery;
          const type = Object.keys(provider.samples).find((name) => genuine.name.includes(name));
          expect(events.map((event) => event.type)).toContain(type);
          expect(events.filter((event) => event.id === "")).toEqual([]);
          expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
          expect(again.delivery.events.map((event) => event.id)).toEqual(
            events.map((event) => event.id),
          );
        }
      });

      it("is answered as the provider demands", async () => {
        const demanded = acknowledgements[id];
        for (const genuine of samples) {
          const outcome = await deliver(genuine);
          const type = Object.keys(provider.samples).find((name) => genuine.name.includes(name))!;
          const reply =
            demanded === undefined || "status" in demanded
              ? demanded
              : (demanded as Record<string, unknown>)[type];
          expect(outcome.kind === "accepted" && outcome.reply).toEqual(reply);
        }
      });

      it("is not taken for a challenge, unless it was recorded as a ping", async () => {
        for (const genuine of all) {
          const { kind } = await deliver(genuine);
          expect([genuine.name, kind]).toEqual([
            genuine.name,
            /\bping\b/.test(genuine.name) ? "challenge" : "accepted",
          ]);
        }
      });
    });

    describe("a tampered delivery is rejected for the right reason", () => {
      it("when what is signed of its body changes", async () => {
        const changes = all.flatMap(withBodyChanged);
        const isCovered = all.some(({ scheme }) => {
          const { body, allFormFields, formFields, jsonFields } = coverageOf(scheme);
          return body || allFormFields || formFields.length > 0 || jsonFields.length > 0;
        });
        expect(changes.length > 0).toBe(isCovered);
        expect(await wronglyJudged(changes)).toEqual([]);
      });

      itWhere(coversMore, "when a signed header, URL, method or option changes", async () => {
        const changes = all.flatMap(withSignedPartChanged);
        expect(changes.length).toBeGreaterThan(0);
        expect(await wronglyJudged(changes)).toEqual([]);
      });

      it("when its signature changes", async () => {
        const changes = all.flatMap(withSignatureChanged);
        expect(changes.length).toBeGreaterThan(0);
        expect(await wronglyJudged(changes)).toEqual([]);
      });

      it("when a bit of its signature's text flips, unless that only changes the case of a hexadecimal digit", async () => {
        const found: string[] = [];
        for (const { genuine, isSame } of all.flatMap(withSignatureTextFlipped)) {
          const verdict = await verdictOf(genuine);
          if ((verdict === "verified") !== isSame) found.push(`${genuine.name}: ${verdict}`);
        }
        expect(found).toEqual([]);
      });

      itWhere(
        isTimed,
        "when its time is outside the window, and accepted at both ends of it",
        async () => {
          expect(await wronglyJudged(all.flatMap(withTimeShifted))).toEqual([]);
          for (const genuine of all.flatMap(atEndsOfWindow))
            expect([genuine.name, await verdictOf(genuine)]).toEqual([genuine.name, "verified"]);
        },
      );

      itWhere(isTimed, "when its time is none", async () => {
        for (const genuine of all)
          expect(await wronglyJudged(await withTimeReplaced(genuine, resigner(genuine)))).toEqual(
            [],
          );
      });

      it("when the secret is wrong, missing or one that anybody could guess", async () => {
        expect(await wronglyJudged(all.flatMap(withSecretsChanged))).toEqual([]);
      });

      itWhere(hasFetchedKey, "when its key cannot be had from the pinned host", async () => {
        for (const { genuine, url, scheme } of withFetchedKey(all)) {
          const algorithm = "algorithm" in scheme ? scheme.algorithm : scheme.algorithms[0]!;
          const { publicKey } = keyPairOf(keyTypeOf(algorithm));
          const serving = (text: string): Genuine => ({ ...genuine, keys: { [url]: text } });
          expect(await verdictOf({ ...genuine, keys: {} })).toBe("key-unavailable");
          expect(await verdictOf(serving("<html>Not found</html>"))).toBe("key-unavailable");
          expect(await verdictOf(serving('{"keys":[]}'))).not.toBe("verified");
          expect(await verdictOf(serving(publicKey))).toBe("signature-mismatch");
        }
      });

      itWhere(
        hasFetchedKey,
        "when it points at a key that the provider does not serve",
        async () => {
          for (const { genuine, url, scheme, source } of withFetchedKey(all))
            for (const address of elsewhere(url)) {
              const fetchKey = jest.fn(async () => genuine.keys[url]!);
              const misled = { ...scheme, source: { ...source, url: () => address } };
              const verdict = await verifySignature(misled, { ...toEvidence(genuine), fetchKey });
              expect([address, verdict]).toEqual([
                address,
                expect.objectContaining({ kind: "rejected", reason: "key-unavailable" }),
              ]);
              expect(fetchKey).not.toHaveBeenCalled();
            }
        },
      );

      itWhere(recordingOf(id).refused, "as the provider's own SDK refuses it", async () => {
        const refused = recordingOf(id).refused ?? [];
        const accepted: string[] = [];
        for (const damage of refused) {
          const outcome = await deliver(withDamage(provider, damage));
          if (outcome.kind !== "rejected") accepted.push(`${damage.of}, ${damage.change}`);
        }
        expect(accepted).toEqual([]);
      });

      it("and is answered as the provider demands", async () => {
        const [change] = all.flatMap(withSignatureChanged);
        const outcome = await deliver(change!.genuine);
        expect(outcome.kind).toBe("rejected");
        expect(outcome.kind === "rejected" && outcome.reply).toEqual(rejections[id]);
        expect(outcome.delivery.events).toEqual([]);
      });
    });

    describe("a challenge", () => {
      const cases = challengeCases.filter((each) => each.provider === id);

      it("is told for people, and has cases here, exactly where the provider has one", () => {
        expect(cases.some(({ reply }) => reply !== undefined)).toBe(
          provider.challenge !== undefined,
        );
        if (provider.challenge) expect(provider.challenge.description.trim()).not.toBe("");
      });

      for (const vector of challengesIn(provider))
        it(`is answered as recorded: ${vector.name}`, async () => {
          const genuine = fromVector(provider, vector);
          const called: string[] = [];
          const outcome = await deliver(genuine, {
            fetchText: async (url) => {
              called.push(url);
              return url === vector.calls ? "" : toEvidence(genuine).fetchKey(url);
            },
          });
          if (outcome.kind !== "challenge") throw new Error(JSON.stringify(outcome));
          expectRecorded(outcome.reply, vector.response!);
          const other = called.filter((url) => !(url in genuine.keys));
          expect(other).toEqual(vector.calls === undefined ? [] : [vector.calls]);
        });

      for (const each of cases.filter(({ refused }) => refused))
        it(`is refused: ${each.name}`, async () => {
          const genuine = await toGenuine(each, samples[0]!);
          expectRefused(await deliver(genuine, { fetchText: async () => "" }), each.refused!);
        });

      for (const each of cases.filter(({ reply }) => reply))
        it(`is answered: ${each.name}`, async () => {
          const genuine = await toGenuine(each, samples[0]!);
          const outcome = await deliver(genuine, { fetchText: async () => "" });
          expect(outcome).toMatchObject({ kind: "challenge", delivery: { verified: each.signed } });
          expect(outcome).toHaveProperty("reply", each.reply);
        });

      for (const each of cases.filter(({ reply, signed }) => reply && signed))
        it(`is not answered when forged: ${each.name}`, async () => {
          const [forged] = withSignatureChanged(await toGenuine(each, samples[0]!));
          expectRefused(await deliver(forged!.genuine), { reason: "signature-mismatch" });
        });

      itWhere(provider.challengeSample, "is answered as its own sample sends it", async () => {
        const signed = provider.challenge?.signed !== false;
        const each = { provider: id, name: "", request: provider.challengeSample!, signed };
        const genuine = await toGenuine(each, samples[0]!);
        expect(await deliver(genuine)).toMatchObject({ kind: "challenge" });
      });
    });
  },
);
