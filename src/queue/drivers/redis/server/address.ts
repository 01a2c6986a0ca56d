import { type Fields, invalidField } from "../../../../connections/connection";
import type { HooklineError } from "../../../../errors";
import { redisQueue } from "../connection";

/** Where one Redis server listens. */
export interface Node {
  readonly host: string;
  readonly port: number;
}

/** Where a connection leads, and how to get in. */
export interface Address extends Node {
  readonly isEncrypted: boolean;
  readonly username: string;
  readonly password: string;
  readonly database: number;
}

const LONGEST_PREFIX = 100;

const invalid = (field: string, advice: string): HooklineError =>
  invalidField(redisQueue, field, advice);

/** The cause is left out on purpose: it repeats the URL, which holds the password. */
const parseUrl = (text: string): URL => {
  try {
    return new URL(text);
  } catch {
    throw invalid(
      "url",
      "it is no URL. Enter it as redis://user:password@host:6379, with special characters percent-encoded.",
    );
  }
};

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw invalid("url", "a percent sign of the user name or the password has to be written %25.");
  }
};

const readDatabase = (path: string): number => {
  const [, digits = ""] = /^\/?(\d{0,9})$/.exec(path) ?? [];
  if (path === "" || path === "/") return 0;
  if (digits !== "") return Number(digits);
  throw invalid(
    "url",
    "what stands behind the host has to be the number of a database, such as /0.",
  );
};

/** @throws HooklineError CONNECTION_INVALID, naming the field and never repeating the URL. */
export const readAddress = ({ url = "" }: Fields): Address => {
  const { protocol, hostname, port, username, password, pathname, search } = parseUrl(url.trim());
  if (protocol !== "redis:" && protocol !== "rediss:")
    throw invalid(
      "url",
      "it has to start with redis:// or, for an encrypted connection, rediss://.",
    );
  if (hostname === "") throw invalid("url", "the host is missing.");
  if (search !== "")
    throw invalid("url", "remove what stands behind the question mark; it would not be used.");
  return {
    host: decode(hostname).replace(/^\[(.*)\]$/, "$1"),
    port: Number(port || 6379),
    isEncrypted: protocol === "rediss:",
    username: decode(username),
    password: decode(password),
    database: readDatabase(pathname),
  };
};

/** @throws HooklineError CONNECTION_INVALID */
export const readPrefix = ({ prefix = "" }: Fields): string => {
  const text = prefix.trim() || (redisQueue.fields.prefix?.default ?? "");
  if (text.length <= LONGEST_PREFIX && !/[{}\s\p{Cc}\p{Cs}]/u.test(text)) return text;
  throw invalid("prefix", `use at most ${LONGEST_PREFIX} characters, without braces and blanks.`);
};
