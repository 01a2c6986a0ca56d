import type { Evidence, KeySource } from "./scheme";
import { type Rejected, rejected } from "./verdict";

const LIFETIME_MILLISECONDS = 3_600_000;
const MAXIMUM_KEPT = 100;

interface Kept {
  readonly text: string;
  readonly until: number;
}

const kept = new Map<string, Kept>();

const keep = (url: string, text: string, now: number) => {
  const [oldest] = kept.keys();
  if (kept.size >= MAXIMUM_KEPT && oldest !== undefined) kept.delete(oldest);
  kept.set(url, { text, until: now + LIFETIME_MILLISECONDS });
};

const unavailable = (detail: string) => rejected("key-unavailable", detail);

const pinnedUrl = ({ url, isPinned, host }: KeySource, evidence: Evidence): URL | Rejected => {
  const text = url(evidence.request);
  if (!text) return unavailable(`The delivery does not say which key of ${host} signed it.`);
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain =
    parsed?.protocol === "https:" && !parsed.username && !parsed.password && !parsed.port;
  return parsed && isPlain && isPinned(parsed)
    ? parsed
    : unavailable(`The delivery points at a key that is not served by ${host}.`);
};

const fetchText = async (url: string, { fetchKey, now }: Evidence): Promise<string | Rejected> => {
  try {
    const text = await fetchKey(url);
    keep(url, text, now.getTime());
    return text;
  } catch {
    return unavailable(
      `The key could not be fetched from ${new URL(url).host}; the provider will try again.`,
    );
  }
};

/** The key's text, from the pinned host; kept by URL for an hour. */
export const fetchPinnedKey = async (
  source: KeySource,
  evidence: Evidence,
): Promise<string | Rejected> => {
  const url = pinnedUrl(source, evidence);
  if ("reason" in url) return url;
  const known = kept.get(url.href);
  if (known && known.until > evidence.now.getTime()) return known.text;
  return fetchText(url.href, evidence);
};

/** Drops what was kept, so that a key that rotated early is fetched again. */
export const forgetFetchedKeys = (): void => kept.clear();
