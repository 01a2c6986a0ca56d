import type { Outcome } from "../../src/delivery/outcome";
import { processDelivery } from "../../src/delivery/process-delivery";
import type { DeliverySettings } from "../../src/delivery/settings";
import { type OutboundRequest, toReceived } from "../../src/http/outbound-request";
import type { Provider, Sample } from "../../src/providers/provider";
import { sign } from "../../src/signatures/sign";

export const SECRET = "a secret of the test";
export const NOW = new Date("2026-03-01T10:00:05.000Z");
const URL_OF_ENDPOINT = "https://hooks.example.com/trigger/SW5zdGFuY2U=";

const noNetwork = async (url: string): Promise<string> => {
  throw new Error(`No test expects ${url} to be fetched.`);
};

/** A request as the provider sends it, before it is signed. */
export const toOutbound = ({
  method,
  query,
  headers,
  contentType,
  body,
}: Sample): OutboundRequest => {
  const url = new URL(URL_OF_ENDPOINT);
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value);
  const text = typeof body === "string" || body === undefined ? (body ?? "") : JSON.stringify(body);
  return {
    method: method ?? (body === undefined ? "GET" : "POST"),
    url: url.href,
    headers: {
      ...(body !== undefined && { "content-type": contentType ?? "application/json" }),
      ...headers,
    },
    body: Buffer.from(text),
  };
};

type Settings = Partial<Omit<DeliverySettings, "provider">>;

/** What becomes of a request that reaches the provider's endpoint. */
export const receive = (
  provider: Provider,
  request: OutboundRequest,
  settings: Settings = {},
): Promise<Outcome> => {
  const now = settings.now ?? NOW;
  return processDelivery(toReceived(request, now), {
    provider,
    secrets: [SECRET],
    options: provider.sampleOptions ?? {},
    fetchText: noNetwork,
    now,
    ...settings,
  });
};

export const sampleOf = (provider: Provider, type: string): Sample => {
  const sample = provider.samples[type];
  if (sample) return sample;
  throw new Error(`${provider.id} has no sample of type ${type}.`);
};

/** A genuine delivery of a sample, or of another body in its place. */
export const genuine = (
  provider: Provider,
  type: string,
  {
    secret = SECRET,
    scheme,
    ...change
  }: Partial<Sample> & { secret?: string; scheme?: string } = {},
): Promise<OutboundRequest> =>
  sign(provider.signature, toOutbound({ ...sampleOf(provider, type), ...change }), {
    secret,
    now: NOW,
    options: provider.sampleOptions ?? {},
    ...(scheme !== undefined && { scheme }),
  });

/** Reason of a rejection, or what happened instead. */
export const verdictOf = (outcome: Outcome): string =>
  outcome.kind === "rejected" ? outcome.reason : outcome.kind;

export const eventsOf = (outcome: Outcome) =>
  outcome.delivery.events.map(({ id, type, orderingKey }) => ({ id, type, orderingKey }));
