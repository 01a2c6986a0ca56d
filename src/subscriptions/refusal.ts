import { HooklineError } from "../errors";
import type { ApiAnswer } from "../http/api-request";
import { readPath } from "../http/json-path";
import { REDACTED, redactSecret } from "../http/redact";
import { isTransient } from "./caller";

const MESSAGE_PATHS = [
  "error.message",
  "message",
  "error_description",
  "error",
  "errors.0.message",
  "errors.0.detail",
  "errors.0",
  "detail",
  "title",
] as const;
const LONGEST_MESSAGE = 200;

/** As it looks in a form or a query. */
const toFormText = (text: string): string => new URLSearchParams([["", text]]).toString().slice(1);

/** In every spelling that a provider may echo. */
const redactOne = (text: string, secret: string): string =>
  [secret, toFormText(secret), encodeURIComponent(secret)].reduce(redactSecret, text);

/** Credentials as a header carries them, which stand in no field: anything but a plain word, as in "Bearer authentication". */
const CREDENTIALS = /\b([Bb]asic|[Bb]earer)\s+(?![A-Za-z]?[a-z]*[.,;]?(?:\s|$))[\w+/=.~-]+/g;

/** The longest first, because one may hold another. */
const redact = (text: string, secrets: readonly string[]): string =>
  secrets
    .filter((secret) => secret.trim() !== "")
    .sort((one, other) => other.length - one.length)
    .reduce(redactOne, text)
    .replaceAll(CREDENTIALS, `$1 ${REDACTED}`);

/** What the provider says about it, on one line and shortened, without any of the texts that must not be told. */
const describeAnswer = ({ data }: ApiAnswer, secrets: readonly string[]): string => {
  const said = MESSAGE_PATHS.map((path) => readPath(data, path)).find(
    (value) => typeof value === "string" && value !== "",
  );
  const plain = redact(String(said ?? ""), secrets)
    .replaceAll(/https?:\/\/\S+/g, (url) => url.split("?")[0] ?? "")
    .replaceAll(/[\s\p{Cc}]+/gu, " ");
  return plain === "" ? "" : ` It says: ${plain.slice(0, LONGEST_MESSAGE)}`;
};

export interface Refusal {
  /** What was tried: `list subscriptions`. */
  readonly attempt: string;
  readonly answer: ApiAnswer;
  readonly hints?: Readonly<Record<number, string>> | undefined;
  /** Never to be repeated, even where the provider echoes them. */
  readonly secrets: readonly string[];
}

const ADVICE: Readonly<Record<number, string>> = {
  401: "The provider does not accept the credentials: check the connection.",
  403: "The credentials may not do this: check the connection and what its user or token is allowed to do.",
  429: "The provider asks to slow down: deploy again later.",
};

/** The error for an answer that is not a success: credentials are the connection's fault, the rest is told with the provider's own words. */
export const toRefusal = ({ attempt, answer, hints = {}, secrets }: Refusal): HooklineError => {
  const { status } = answer;
  const isRedirect = status >= 300 && status < 400;
  const advice =
    hints[status] ??
    ADVICE[status] ??
    (isRedirect ? "It redirects to another address: check the connection's base URL." : "");
  const message = [
    `Could not ${attempt}: the provider answered ${status}.`,
    advice,
    describeAnswer(answer, secrets).trim(),
  ];
  const isConnection = status === 401 || (status === 403 && hints[403] === undefined) || isRedirect;
  return new HooklineError(
    isConnection ? "CONNECTION_INVALID" : "SUBSCRIPTION_FAILED",
    message.filter((part) => part !== "").join(" "),
    { retryable: isTransient(status) },
  );
};

export const isSuccess = ({ status }: ApiAnswer): boolean => status >= 200 && status < 300;
export const isGone = ({ status }: ApiAnswer): boolean => status === 404 || status === 410;
