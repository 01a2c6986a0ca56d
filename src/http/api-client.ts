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

/** The usual codes of the system and of fetch, in words. */
const CAUSES: Readonly<Record<string, string>> = {
  ECONNREFUSED: "it refused the connection",
  ECONNRESET: "it closed the connection",
  EPIPE: "it closed the connection",
  UND_ERR_SOCKET: "it closed the connection",
  ENOTFOUND: "there is no such host",
  EAI_AGAIN: "its name could not be looked up",
  EHOSTUNREACH: "no way leads to it",
  ENETUNREACH: "no way leads to it",
  ETIMEDOUT: "it took too long",
  UND_ERR_CONNECT_TIMEOUT: "it took too long",
  CERT_HAS_EXPIRED: "its certificate has expired",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is not trusted",
  SELF_SIGNED_CERT_IN_CHAIN: "its certificate is not trusted",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its certificate is not trusted",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is of another host",
};

/** What went wrong below HTTP, by its code alone: messages repeat URLs and headers, and with them secrets. */
const describeCause = (error: unknown): string => {
  if (error instanceof RangeError) return error.message;
  const { name, cause } = Object(error);
  const { code } = Object(cause);
  if (name === "TimeoutError") return "it took too long";
  if (typeof code !== "string") return "the call failed";
  return Object.hasOwn(CAUSES, code) ? `${CAUSES[code]} (${code})` : code;
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
