import type { Fields } from "../connections/connection";
import { HooklineError } from "../errors";
import type { ApiAnswer, SendRequest } from "../http/api-request";
import type { Access, Token } from "./access";

/** A login that may come again later, as its answer tells. */
interface Postponed {
  readonly postponed: ApiAnswer;
}

const isPostponed = ({ status }: ApiAnswer): boolean => status === 429 || status >= 500;
const isMissing = ({ status }: ApiAnswer): boolean => status < 400 || status === 404;

const toError = (connection: string, answer: ApiAnswer) =>
  new HooklineError(
    "CONNECTION_INVALID",
    `Connection ${connection}: ${
      isMissing(answer)
        ? "no login answers there. Check the base URL"
        : "the credentials were refused. Check them"
    } (status ${answer.status}).`,
  );

const readToken = (
  answer: ApiAnswer,
  { login, connection }: Access,
  fields: Fields,
): Token | Postponed => {
  if (isPostponed(answer)) return { postponed: answer };
  const read = answer.status < 300 ? login?.read(answer, fields) : undefined;
  if (read?.token) return read;
  throw toError(connection.label, answer);
};

/**
 * Logs in with the first call and keeps the token until told to forget it; a login that failed is not kept.
 *
 * @throws HooklineError CONNECTION_INVALID where the credentials are refused.
 */
export const createLogin = (access: Access, fields: Fields, connect: () => SendRequest) => {
  let token: Promise<Token | Postponed> | undefined;
  const forget = (): void => {
    token = undefined;
  };
  const login = access.loginUrl?.(fields) === "" ? undefined : access.login;
  const logIn = async (): Promise<Token | Postponed> => {
    if (!login) return { token: "", expiresInSeconds: Number.POSITIVE_INFINITY };
    return readToken(await connect()(login.request(fields)), access, fields);
  };
  return {
    canRepeat: login !== undefined,
    current: async (): Promise<Token | Postponed> => {
      token ??= logIn();
      const outcome = await token.catch((error) => {
        forget();
        throw error;
      });
      if ("postponed" in outcome) forget();
      return outcome;
    },
    forget,
  };
};
