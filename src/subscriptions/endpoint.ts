import { createHash } from "node:crypto";
import { HooklineError } from "../errors";
import { isLoopbackUrl, isPublicUrl } from "../http/public-url";

/** Query parameter that carries our mark. */
const MARK = "hookline";
/** Query parameter that carries the pass for a handshake; it is different on every attempt. */
export const PASS = "hookline-setup";

const digest = (text: string, length: number): string =>
  createHash("sha256").update(text).digest("hex").slice(0, length);

/** What tells one flow's subscriptions from everybody else's: short, and the same on every deploy. */
export const toMark = (owner: string): string => digest(`hookline mark ${owner}`, 16);

/** Tells which secret a subscription was given, without telling the secret: the listing shows it. */
const toTag = (secret: string): string => digest(`hookline secret tag ${secret}`, 12);

/** The URL without query and fragment, for comparing where two subscriptions deliver to. */
export const toBareUrl = (url: string): string => {
  if (!URL.canParse(url)) return url;
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
};

export interface MarkedEndpoint {
  readonly endpointUrl: string;
  readonly mark: string;
  readonly secret: string;
  /** What a provider wants in the URL beside the mark. */
  readonly endpoint?: ((url: URL, secret: string) => void) | undefined;
}

/** The endpoint as the provider is given it. */
export const toMarkedUrl = ({ endpointUrl, mark, secret, endpoint }: MarkedEndpoint): string => {
  const url = new URL(endpointUrl);
  url.searchParams.set(MARK, secret === "" ? mark : `${mark}.${toTag(secret)}`);
  endpoint?.(url, secret);
  return url.href;
};

/** The mark among a request's or URL's query parameters. */
export const markIn = (query: URLSearchParams): string | undefined =>
  query.get(MARK)?.split(".")[0];

export const readMark = (url: string): string | undefined =>
  URL.canParse(url) ? markIn(new URL(url).searchParams) : undefined;

const normalise = (url: string): string => {
  if (!URL.canParse(url)) return url;
  const target = new URL(url);
  target.searchParams.delete(PASS);
  target.searchParams.sort();
  return target.href;
};

/** Whether two URLs are the same endpoint with the same mark, whatever pass they carry. */
export const isSameUrl = (one: string, other: string): boolean =>
  normalise(one) === normalise(other);

const invalid = (problem: string) =>
  new HooklineError(
    "INPUT_INVALID",
    `Endpoint URL: ${problem}. Providers deliver only to a public https URL with a full host name, such as https://hooks.example.com/trigger/…. On Prismatic the flow's own URL is one; in a runner on this machine only an API on this machine can be subscribed to, such as a stand-in.`,
  );

/**
 * Refuses an endpoint that a provider could not, or should not, deliver to. One on this machine is
 * fine for an API that is on this machine too.
 *
 * @throws HooklineError INPUT_INVALID
 */
export const checkEndpoint = (endpointUrl: string, apiUrl: string): void => {
  if (endpointUrl === "") throw invalid("the flow has no webhook URL");
  if (!URL.canParse(endpointUrl)) throw invalid("it is not an absolute URL");
  const url = new URL(endpointUrl);
  const isLocal = URL.canParse(apiUrl) && isLoopbackUrl(new URL(apiUrl)) && isLoopbackUrl(url);
  if (isLocal) return;
  if (url.protocol !== "https:") throw invalid("it does not start with https://");
  if (url.username !== "" || url.password !== "") throw invalid("it holds a user name or password");
  if (!isPublicUrl(url)) throw invalid(`${url.host} is not public`);
};
