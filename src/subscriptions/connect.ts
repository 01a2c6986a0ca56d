import { HooklineError } from "../errors";
import type { ApiAnswer, ApiClientOptions, SendRequest } from "../http/api-request";
import { isLoopbackUrl } from "../http/public-url";
import type { Access, Fields, Token } from "./access";

export type Connect = (options: ApiClientOptions) => SendRequest;

const invalid = (message: string, cause?: unknown) =>
  new HooklineError("CONNECTION_INVALID", message, { cause });

const checkFields = ({ requires, connection }: Access, fields: Fields): void => {
  const missing = requires.find((name) => !fields[name]?.trim());
  if (missing !== undefined)
    throw invalid(`Connection ${connection}: fill in the field ${missing}.`);
};

/** @throws HooklineError CONNECTION_INVALID where credentials would go over an open line. */
const toBaseUrl = ({ baseUrl, connection }: Access, fields: Fields): string => {
  const url = baseUrl(fields);
  if (!URL.canParse(url) || !(url.startsWith("https://") || isLoopbackUrl(new URL(url))))
    throw invalid(
      `Connection ${connection}: the base URL has to be a whole URL that starts with https://.`,
    );
  return url;
};

const isRefused = ({ status }: ApiAnswer): boolean => status === 401;

const createLogin = ({ login, connection }: Access, fields: Fields, connect: () => SendRequest) => {
  let token: Promise<Token> | undefined;
  const logIn = async (): Promise<Token> => {
    if (!login) return { token: "", expiresInSeconds: Number.POSITIVE_INFINITY };
    const answer = await connect()(login.request(fields));
    if (answer.status >= 500)
      throw new HooklineError("PROVIDER_UNREACHABLE", `The login answered ${answer.status}.`, {
        retryable: true,
      });
    const read = answer.status < 300 ? login.read(answer, fields) : undefined;
    if (!read?.token)
      throw invalid(
        `Connection ${connection}: the credentials were refused (status ${answer.status}). Check them.`,
      );
    return read;
  };
  return {
    canRepeat: login !== undefined,
    current: () => {
      token ??= logIn();
      return token;
    },
    forget: () => {
      token = undefined;
    },
  };
};

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
  const login = createLogin(access, fields, () => connect({ baseUrl }));
  const open = async (): Promise<SendRequest> => {
    const { token } = await login.current();
    const headers = access.headers?.(fields, token) ?? {};
    const send = connect({ baseUrl, headers, query: access.query?.(fields) ?? {} });
    const { interpret } = access;
    return interpret ? async (request) => interpret(await send(request)) : send;
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
