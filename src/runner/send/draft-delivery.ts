import { HooklineError } from "../../errors";
import type { OutboundRequest } from "../../http/outbound-request";
import type { Provider, Sample } from "../../providers/provider";

const CHALLENGE = "challenge";

const pickSample = (
  { name, samples, challengeSample }: Provider,
  event: string | undefined,
): Sample => {
  const events = Object.keys(samples);
  const wanted = event ?? events[0] ?? "";
  const known = Object.hasOwn(samples, wanted) ? samples[wanted] : undefined;
  const sample = event === CHALLENGE ? challengeSample : known;
  if (sample) return sample;
  const choices = challengeSample ? [...events, CHALLENGE] : events;
  throw new HooklineError(
    "INPUT_INVALID",
    `There is no sample "${event ?? ""}" of ${name}. Choose one of ${choices.join(", ")}.`,
  );
};

const toBody = (body: unknown): Buffer => {
  if (body === undefined) return Buffer.alloc(0);
  return Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
};

const withQuery = (url: string, query: Readonly<Record<string, string>>): string => {
  const parameters = new URLSearchParams(query).toString();
  if (parameters === "") return url;
  return `${url}${url.includes("?") ? "&" : "?"}${parameters}`;
};

/** A sample, addressed to a URL and not signed yet. */
export const draftSample = (sample: Sample, url: string): OutboundRequest => {
  const bytes = toBody(sample.body);
  return {
    method: sample.method ?? "POST",
    url: withQuery(url, sample.query ?? {}),
    headers: {
      ...(bytes.length > 0 && { "content-type": sample.contentType ?? "application/json" }),
      "user-agent": "hookline-send",
      ...sample.headers,
    },
    body: bytes,
  };
};

export interface DraftChoice {
  /** The sample's event type, or `challenge`; the provider's first by default. */
  readonly event?: string | undefined;
  /** Replaces the sample's own body. */
  readonly body?: string | undefined;
}

/** One of the provider's samples, addressed to a URL and not signed yet. */
export const draftDelivery = (
  provider: Provider,
  url: string,
  { event, body }: DraftChoice,
): OutboundRequest => {
  const sample = pickSample(provider, event);
  return draftSample({ ...sample, body: body ?? sample.body }, url);
};
