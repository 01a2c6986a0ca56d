import { type ErrorCode, HooklineError, toMessage } from "../../../errors";
import { redisQueue } from "./connection";
import { LAYOUT_UNKNOWN } from "./script";

interface Failure {
  /** A server before version 7 puts words of its own before the code. */
  readonly sign: RegExp;
  readonly code: ErrorCode;
  readonly words: string;
}

const connection = `Connection ${redisQueue.label}, URL:`;

const failures: readonly Failure[] = [
  {
    sign: /\b(NOAUTH|WRONGPASS)\b|invalid (username-)?password|AUTH .*without any password/,
    code: "CONNECTION_INVALID",
    words: `${connection} Redis refuses the user name or the password. Check both, and that special characters are percent-encoded.`,
  },
  {
    sign: /\bNOPERM\b|ACL failure|can't run this command|can't access/,
    code: "CONNECTION_INVALID",
    words: `${connection} its user may not do what a queue needs. Allow it the keys that start with the prefix, and the categories @hash, @list, @sortedset, @scripting, @keyspace, @connection and the commands INFO and TIME.`,
  },
  {
    sign: /DB index is out of range|SELECT is not allowed|invalid DB index/,
    code: "CONNECTION_INVALID",
    words: `${connection} this server has no database of that number. Leave the number out.`,
  },
  {
    sign: /CERT|SELF_SIGNED|UNABLE_TO_(VERIFY|GET)|self.signed|certificate/,
    code: "CONNECTION_INVALID",
    words: `${connection} the certificate of the server cannot be trusted. Use the host name that it was issued for, by a public authority.`,
  },
  {
    sign: /WRONG_VERSION_NUMBER|wrong version number|EPROTO/,
    code: "CONNECTION_INVALID",
    words: `${connection} the server does not encrypt at this port. Use its port for encrypted connections, or redis://.`,
  },
  {
    sign: /\bWRONGTYPE\b/,
    code: "QUEUE_UNUSABLE",
    words: "A Redis key of the queue holds something else. Use a prefix of its own for the queues.",
  },
  {
    sign: new RegExp(LAYOUT_UNKNOWN),
    code: "QUEUE_UNUSABLE",
    words:
      "The queue was made by a newer version of this component. Update the component wherever the queue is used.",
  },
  {
    sign: /\bOOM\b/,
    code: "QUEUE_UNAVAILABLE",
    words:
      "Redis has no memory left, and nothing was enqueued. Drain the queue, remove what is not needed, or raise maxmemory.",
  },
  {
    sign: /\bMISCONF\b/,
    code: "QUEUE_UNAVAILABLE",
    words:
      "Redis cannot write to its disk, and therefore takes nothing. Look at the log of the server.",
  },
  {
    sign: /\bLOADING\b/,
    code: "QUEUE_UNAVAILABLE",
    words: "Redis has just started and is loading its data. Try again in a moment.",
  },
  {
    sign: /\b(READONLY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|NOREPLICAS|UNBLOCKED|MOVED|ASK)\b/,
    code: "QUEUE_UNAVAILABLE",
    words: "Redis is changing over to another server. Try again in a moment.",
  },
  {
    sign: /\bBUSY\b/,
    code: "QUEUE_UNAVAILABLE",
    words: "Redis is busy with a script of somebody. Try again in a moment.",
  },
  {
    sign: /ENOTFOUND/,
    code: "QUEUE_UNAVAILABLE",
    words: `${connection} there is no such host, or its name cannot be looked up just now.`,
  },
];

/** The client hangs what it sent on its errors, a password or a body among it, and a server repeats it of a command that it does not know. */
const toCause = (error: unknown): Error => {
  const { code = "" } = error as { readonly code?: string };
  const message = toMessage(error).replace(/, with args beginning with.*/s, "");
  return new Error(`${code} ${message}`.trim().slice(0, 300));
};

/** What the server or the client said, in words that tell what to do. */
export const toFailure = (error: unknown): HooklineError => {
  if (error instanceof HooklineError) return error;
  const cause = toCause(error);
  const failure = failures.find(({ sign }) => sign.test(cause.message));
  const words =
    failure?.words ??
    "Redis does not answer as it should. Check that the server runs and can be reached at the address of the connection, and try again.";
  const code = failure?.code ?? "QUEUE_UNAVAILABLE";
  return new HooklineError(code, words, { cause, retryable: code === "QUEUE_UNAVAILABLE" });
};
