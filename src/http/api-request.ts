import { HooklineError } from "../errors";

/** One call of a provider's API, as a plain value. The path is appended to the API's base URL. */
export interface ApiRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?:
    | { readonly json: unknown }
    | { readonly form: readonly (readonly [name: string, value: string])[] };
  /** Only reads, although it is a POST, so it may be repeated like a GET. */
  readonly isRead?: true;
}

/** Any status counts as an answer. `data` is parsed JSON where the body is JSON, else its text. */
export interface ApiAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly data: unknown;
}

/** Performs one call. @throws HooklineError PROVIDER_UNREACHABLE where no answer came; the call may have been performed all the same. */
export type SendRequest = (request: ApiRequest) => Promise<ApiAnswer>;

/** Which API is called, and what every call carries. */
export interface ApiClientOptions {
  /** With or without a path; the request's path is appended. */
  readonly baseUrl: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** How long one call may take. */
  readonly timeoutMilliseconds?: number;
}

const LONE_SURROGATE = /\p{Surrogate}/u;

const toSegment = (value: string): string => {
  if (!["", ".", ".."].includes(value) && !LONE_SURROGATE.test(value))
    return encodeURIComponent(value);
  throw new HooklineError(
    "INPUT_INVALID",
    `"${value}" cannot be part of an API's path. Enter the name or id that the provider shows.`,
  );
};

/** A path whose values are encoded, so that none of them can lead elsewhere. @throws HooklineError INPUT_INVALID for an empty value. */
export const path = (texts: TemplateStringsArray, ...values: readonly string[]): string =>
  texts
    .map((text, index) => (index === 0 ? "" : toSegment(values[index - 1] ?? "")) + text)
    .join("");

type Query = ApiRequest["query"];

export const get = (to: string, query: Query = {}): ApiRequest => ({
  method: "GET",
  path: to,
  query,
});

export const post = (to: string, json: unknown): ApiRequest => ({
  method: "POST",
  path: to,
  body: { json },
});

export const put = (to: string, json: unknown): ApiRequest => ({
  method: "PUT",
  path: to,
  body: { json },
});

export const patch = (to: string, json: unknown): ApiRequest => ({
  method: "PATCH",
  path: to,
  body: { json },
});

export const del = (to: string, query: Query = {}): ApiRequest => ({
  method: "DELETE",
  path: to,
  query,
});
