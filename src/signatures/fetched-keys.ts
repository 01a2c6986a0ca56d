import { toPlainHttpsUrl } from "../http/plain-https";
import type { Evidence, KeySource } from "./scheme";
import { type Rejected, rejected } from "./verdict";

const LIFETIME_MILLISECONDS = 3_600_000;
const MAXIMUM_KEPT = 100;

/** How soon an answer that does not help makes us ask the provider again: forgeries must not make us ask each time. */
export const REFETCH_AFTER_MILLISECONDS = 60_000;

interface Kept {
  readonly text: Promise<string>;
  readonly since: number;
}

const kept = new Map<string, Kept>();

const keep = (url: string, entry: Kept) => {
  const [oldest] = kept.keys();
  if (kept.size >= MAXIMUM_KEPT && !kept.has(url) && oldest !== undefined) kept.delete(oldest);
  kept.set(url, entry);
};

const unavailable = (detail: string) => rejected("key-unavailable", detail);

const pinnedUrl = ({ url, isPinned, host }: KeySource, evidence: Evidence): URL | Rejected => {
  const text = url(evidence.request);
  if (!text) return unavailable(`The delivery does not say which key of ${host} signed it.`);
  const target = toPlainHttpsUrl(text);
  return target && isPinned(target, evidence)
    ? target
    : unavailable(`The delivery points at a key that is not served by ${host}.`);
};

/** Deliveries that arrive while the key is under way share one fetch; a failure is not kept. */
const startFetch = (url: string, { fetchKey, now }: Evidence): Kept => {
  const before = kept.get(url);
  const entry: Kept = { text: fetchKey(url), since: now.getTime() };
  keep(url, entry);
  entry.text.catch(() => {
    if (kept.get(url) !== entry) return;
    if (before) kept.set(url, before);
    else kept.delete(url);
  });
  return entry;
};

/** The key's text, from the pinned host; kept by URL for an hour, or as long as the caller accepts. */
export const fetchPinnedKey = async (
  source: KeySource,
  evidence: Evidence,
  maximumAgeMilliseconds = LIFETIME_MILLISECONDS,
): Promise<string | Rejected> => {
  const url = pinnedUrl(source, evidence);
  if ("reason" in url) return url;
  const known = kept.get(url.href);
  const age = known ? evidence.now.getTime() - known.since : Number.NaN;
  // A negative age means that the clock was set back: nobody knows how old the key is.
  const isFresh = age >= 0 && age < maximumAgeMilliseconds;
  try {
    return await (known && isFresh ? known : startFetch(url.href, evidence)).text;
  } catch {
    return unavailable(
      `The key could not be fetched from ${url.host}; the provider will try again.`,
    );
  }
};

/** Drops what was kept: for tests, and where a key is known to have been revoked. */
export const forgetFetchedKeys = (): void => kept.clear();
