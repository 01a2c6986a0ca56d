import { HooklineError } from "../errors";
import type { ApiAnswer, ApiClientOptions, ApiRequest, SendRequest } from "./api-request";

const TIMEOUT_MILLISECONDS = 10_000;
const LARGEST_ANSWER_BYTES = 8 * 1024 * 1024;

const toUrl = ({ baseUrl, query = {} }: ApiClientOptions, request: ApiRequest): URL => {
  const url = new URL(`${baseUrl.replace(/\/+$/, "")}${request.path}`);
  for (const [name, value] of Object.entries({ ...query, ...request.query }))
    if (value !== undefined) url.searchParams.set(name, String(value));
  return url;
};

const toBody = ({ body }: ApiRequest): Pick<RequestInit, "body" | "headers"> => {
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

const readLimited = async (response: Response): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > LARGEST_ANSWER_BYTES) throw new RangeError("the answer is larger than 8 MB");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
};

/** What went wrong below HTTP, in words: the cause's code or message, never the URL, which may hold a secret. */
const describeCause = (error: unknown): string => {
  if (!(error instanceof Error)) return "the call failed";
  const { code, message } = (error.cause ?? error) as NodeJS.ErrnoException;
  return error.name === "TimeoutError" ? "it took too long" : (code ?? message);
};

/** Calls one API over HTTP. Redirects are answers, because following one would hand the credentials to another host. */
export const createApiClient =
  (options: ApiClientOptions): SendRequest =>
  async (request): Promise<ApiAnswer> => {
    const url = toUrl(options, request);
    const { body, headers } = toBody(request);
    try {
      const response = await fetch(url, {
        method: request.method,
        redirect: "manual",
        signal: AbortSignal.timeout(options.timeoutMilliseconds ?? TIMEOUT_MILLISECONDS),
        headers: {
          accept: "application/json",
          "user-agent": "Hookline",
          ...headers,
          ...options.headers,
          ...request.headers,
        },
        ...(body !== undefined && { body }),
      });
      const text = await readLimited(response);
      return { status: response.status, headers: new Map(response.headers), data: parse(text) };
    } catch (cause) {
      throw new HooklineError(
        "PROVIDER_UNREACHABLE",
        `${url.host} did not answer: ${describeCause(cause)}. Check the connection's base URL and that the host can be reached.`,
        { cause, retryable: true },
      );
    }
  };
