import { readFileSync } from "node:fs";
import { atTime, shiftTime } from "./clock.mjs";
import { flipBody, flipSecret } from "./damage.mjs";

const nodeModules = new URL("node_modules/", import.meta.url);

const installed = (name) => {
  const { version } = JSON.parse(
    readFileSync(new URL(`${name}/package.json`, nodeModules), "utf8"),
  );
  return { name, version };
};

const toRequest = ({ method = "POST", url, headers, body }) => ({
  method,
  url,
  headers,
  bodyBase64: Buffer.from(body ?? "").toString("base64"),
});

/** What a recipe's `accepts` and `answers` are given: a vector with its body as bytes and its header names in lower case. */
const toDelivery = ({ request, ...vector }) => ({
  ...vector,
  method: request.method,
  url: request.url,
  headers: Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
  ),
  body: Buffer.from(request.bodyBase64, "base64"),
});

/** The SDK's own check for a vector, where there is one. */
const toCheck = ({ accepts, answers }, { kind }) => {
  if (kind === "delivery") return accepts;
  return answers && (async (delivery) => (await answers(delivery)).status < 300);
};

const isAccepted = (recipe, vector) =>
  atTime(vector.now, async () => {
    try {
      return Boolean(await toCheck(recipe, vector)(toDelivery(vector)));
    } catch {
      return false;
    }
  });

/** How each kind of refusal damages a vector. The result is what differs. */
const damages = {
  body: (vector, recipe) => ({
    request: {
      ...vector.request,
      bodyBase64: (recipe.damageBody ?? flipBody)(
        Buffer.from(vector.request.bodyBase64, "base64"),
      ).toString("base64"),
    },
  }),
  secret: (vector, recipe) => ({ secret: recipe.otherSecret ?? flipSecret(vector.secret) }),
  url: (vector) => ({ request: { ...vector.request, url: `${vector.request.url}&forged=1` } }),
  late: (vector, recipe) => ({ now: shiftTime(vector.now, recipe.toleranceSeconds + 1) }),
  early: (vector, recipe) => ({ now: shiftTime(vector.now, -recipe.toleranceSeconds - 2) }),
  key: (vector, recipe) => ({
    keys: Object.fromEntries(Object.keys(vector.keys).map((url) => [url, recipe.otherKey])),
  }),
  verifyToken: (vector) => ({ verifyToken: flipSecret(vector.verifyToken) }),
  option: (vector) => ({
    options: Object.fromEntries(
      Object.entries(vector.options).map(([name, value]) => [name, flipSecret(value)]),
    ),
  }),
};

const refuse = async (recipe, vector, change) => {
  const refused = { of: vector.name, change, ...damages[change](vector, recipe) };
  if (await isAccepted(recipe, { ...vector, ...refused })) {
    throw new Error(
      `${recipe.provider}: ${recipe.sdk ?? "node:crypto"} accepts "${vector.name}" with another ${change}.`,
    );
  }
  return refused;
};

/** Signatures that hold randomness are kept from the last recording, as long as everything they sign is unchanged. */
const keepRandom = async (recipe, vector, previous) => {
  const kept = previous?.vectors.find(({ name }) => name === vector.name);
  if (!recipe.hasRandomSignatures || kept === undefined) return vector;
  const candidate = { ...vector, request: { ...vector.request, headers: kept.request.headers } };
  return (await isAccepted(recipe, candidate)) ? candidate : vector;
};

const toVector = async (recipe, spec) => {
  const { request, kind = "delivery", source, response, refusals: _, ...fields } = spec;
  const { name, now, ...given } = fields;
  const vector = {
    name,
    kind,
    sdk: recipe.sdk === null ? null : installed(recipe.sdk),
    source,
    ...given,
    now,
    request: toRequest(request),
  };
  if (kind === "delivery") return vector;
  if (response !== undefined) return { ...vector, response };
  return { ...vector, response: await atTime(now, () => recipe.answers(toDelivery(vector))) };
};

/** Runs one recipe: every vector must be accepted by the SDK and every damaged copy refused, or recording fails. */
export const record = async (recipe, previous) => {
  const vectors = [];
  const refused = [];
  for (const spec of await recipe.deliveries()) {
    const vector = await keepRandom(recipe, await toVector(recipe, spec), previous);
    vectors.push(vector);
    if (toCheck(recipe, vector) === undefined) continue;
    if (!(await isAccepted(recipe, vector))) {
      throw new Error(`${recipe.provider}: "${vector.name}" is not accepted.`);
    }
    for (const change of spec.refusals ?? recipe.refusals ?? ["body", "secret"]) {
      refused.push(await refuse(recipe, vector, change));
    }
  }
  return { provider: recipe.provider, vectors, refused };
};
