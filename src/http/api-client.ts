import { HooklineError } from "../errors";
import type { ApiAnswer, ApiClientOptions, ApiRequest, SendRequest } from "./api-request";
import { readLimitedText } from "./read-limited-text";

const DEFAULT_HEADERS = { accept: "application/json", "user-agent": "Hookline" };
const TIMEOUT_MILLISECONDS = 10_000;
const LARGEST_ANSWER_BYTES = 8 * 1024 * 1024;

const toUrl = ({ baseUrl, query = {} }: ApiClientOptions, request: ApiRequest): URL => {
  const url = new URL(`${baseUrl.replace(/\/+$/, "")}${request.path}`);
  for (const [name, value] of Object.entries({ ...query, ...request.query }))
    if (value !== undefined) url.searchParams.set(name, String(value));
  return url;
};

const toBody = ({ body }: ApiRequest): Pick<RequestInit, "body"> & Pick<ApiRequest, "headers"> => {
  if (!body) return {};
  return "json" in body
    ? { body: JSON.stringify(body.json), headers: { "content-type": "application/json" } }
    : {
        body: new URLSearchParams(
          body.form.map(([name, value]): [string, string] => [name, value]),
        ),
      };
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** What went wrong below HTTP, by its code alone: messages repeat URLs and headers, and with them secrets. */
const describeCause = (error: unknown): string => {
  if (error instanceof RangeError) return error.message;
  const { name, cause } = Object(error);
  const { code = "the call failed" } = Object(cause);
  return name === "TimeoutError" ? "it took too long" : String(code);
};

const toHeaders = (...parts: readonly ApiRequest["headers"][]): Headers => {
  try {
    return new Headers(Object.assign({}, ...parts));
  } catch {
    throw new HooklineError(
      "CONNECTION_INVALID",
      "The connection's credentials hold a line break or another character that cannot be sent. Enter them again.",
    );
  }
};

/** Calls one API over HTTP. Redirects are answers, because following one would hand the credentials to another host. */
export const createApiClient =
  (options: ApiClientOptions): SendRequest =>
  async (request): Promise<ApiAnswer> => {
    const url = toUrl(options, request);
    const { body, headers: content } = toBody(request);
    const headers = toHeaders(DEFAULT_HEADERS, content, options.headers, request.headers);
    try {
      const response = await fetch(url, {
        method: request.method,
        redirect: "manual",
        signal: AbortSignal.timeout(options.timeoutMilliseconds ?? TIMEOUT_MILLISECONDS),
        headers,
        ...(body !== undefined && { body }),
      });
      const text = await readLimitedText(response, LARGEST_ANSWER_BYTES);
      return { status: response.status, headers: new Map(response.headers), data: parse(text) };
    } catch (cause) {
      throw new HooklineError(
        "PROVIDER_UNREACHABLE",
        `${url.host} did not answer: ${describeCause(cause)}. Check the connection's base URL and that the host can be reached.`,
        { cause, retryable: true },
      );
    }
  };
