import { HooklineError } from "../../errors";
import { isHeaderName, withLowerCaseNames } from "../../http/header-names";

/** Headers that a webhook sends along, names in lower case as they are compared. */
export type Headers = Readonly<Record<string, string>>;

/** A delivery proves its origin and tells its topic only by headers that the webhook was given. */
const SECRET = "x-webhook-secret";
const TOPIC = "x-webhook-topic";

const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

const invalid = (problem: string) => new HooklineError("INPUT_INVALID", `Headers: ${problem}`);

const checkHeader = ([name, value]: readonly [string, string]): void => {
  const shown = name.slice(0, 80);
  if ([SECRET, TOPIC].includes(name.toLowerCase()))
    throw invalid(`${shown} is set by this trigger. Remove it, or give yours another name.`);
  if (!isHeaderName(name)) throw invalid(`"${shown}" cannot be the name of a header.`);
  if (!VALUE.test(value))
    throw invalid(`the value of ${shown} holds a character that no header can carry.`);
};

/** @throws HooklineError INPUT_INVALID where a header of the builder's could not be sent or would take the place of one of ours. */
export const checkHeaders = (headers: Headers): void => {
  for (const header of Object.entries(headers)) checkHeader(header);
};

export const withTopic = (headers: Headers, topic: string): Headers => ({
  ...withLowerCaseNames(headers),
  [TOPIC]: topic,
});

export const withSecret = (headers: Headers, secret: string): Headers => ({
  ...headers,
  [SECRET]: secret,
});

export const withoutSecret = ({ [SECRET]: _, ...headers }: Headers): Headers => headers;

/** The secret that a webhook shows, empty where it has none. A masked one tells nothing; the mark in the endpoint tells then whether it is the right one. */
export const readSecret = ({ [SECRET]: secret = "" }: Headers): { readonly secret?: string } =>
  secret === "" || /^[0-9a-f]{64}$/.test(secret) ? { secret } : {};
