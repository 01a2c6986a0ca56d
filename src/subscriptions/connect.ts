import type { Fields } from "../connections/connection";
import { labelOf } from "../connections/connection";
import { HooklineError } from "../errors";
import type { ApiAnswer, ApiClientOptions, SendRequest } from "../http/api-request";
import { isLoopbackUrl } from "../http/public-url";
import type { Access } from "./access";
import { createLogin } from "./login";

export type Connect = (options: ApiClientOptions) => SendRequest;

const invalid = (message: string, cause?: unknown) =>
  new HooklineError("CONNECTION_INVALID", message, { cause });

const checkFields = ({ requires, connection }: Access, fields: Fields): void => {
  const missing = requires.find((name) => !fields[name]?.trim());
  if (missing !== undefined)
    throw invalid(`Connection ${connection.label}: fill in ${labelOf(connection, missing)}.`);
};

const isSafe = (url: URL): boolean =>
  url.protocol === "https:" || (url.protocol === "http:" && isLoopbackUrl(url));

/** @throws HooklineError CONNECTION_INVALID where credentials would go over an open line, or into every message. */
const toBaseUrl = ({ baseUrl, connection }: Access, fields: Fields): string => {
  const text = baseUrl(fields);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !isSafe(url))
    throw invalid(
      `Connection ${connection.label}: the base URL has to be a whole URL that starts with https://.`,
    );
  if (url.username !== "" || url.password !== "")
    throw invalid(
      `Connection ${connection.label}: the base URL holds a user name or password. Put them into fields of their own.`,
    );
  if (/[?#]/.test(text))
    throw invalid(
      `Connection ${connection.label}: the base URL holds a ? or #, behind which no path can follow. Enter it without.`,
    );
  return text;
};

const isRefused = ({ status }: ApiAnswer): boolean => status === 401;

/** An API with credentials in place. */
export interface ConnectedApi {
  readonly baseUrl: string;
  readonly send: SendRequest;
}

/**
 * Opens a provider's API. A login happens with the first call and again where its token has run out.
 *
 * @throws HooklineError CONNECTION_INVALID naming the field that is missing or wrong.
 */
export const connectApi = (access: Access, fields: Fields, connect: Connect): ConnectedApi => {
  checkFields(access, fields);
  const baseUrl = toBaseUrl(access, fields);
  const loginUrl = access.loginUrl?.(fields) ?? baseUrl;
  const login = createLogin(access, fields, () => connect({ baseUrl: loginUrl }));
  /** A call that waits for a login is answered what the login was, so that it is tried again as it was told to. */
  const open = async (): Promise<SendRequest> => {
    const outcome = await login.current();
    if ("postponed" in outcome) return async () => outcome.postponed;
    const headers = access.headers?.(fields, outcome.token) ?? {};
    const send = connect({ baseUrl, headers, query: access.query?.(fields) ?? {} });
    const { interpret = (answer) => answer, toPath = (path) => path } = access;
    return async (request) =>
      interpret(await send({ ...request, path: toPath(request.path, fields) }));
  };
  return {
    baseUrl,
    send: async (request) => {
      const answer = await (await open())(request);
      if (!isRefused(answer) || !login.canRepeat) return answer;
      login.forget();
      return (await open())(request);
    },
  };
};
