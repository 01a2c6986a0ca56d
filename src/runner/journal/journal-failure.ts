import { HooklineError } from "../../errors";

interface Advice {
  readonly words: string;
  readonly retryable: boolean;
}

const full: Advice = {
  words:
    "the disk is full. Free some space; the journal goes on by itself as soon as there is room",
  retryable: true,
};
const forbidden: Advice = {
  words: "this user may not write there. Grant write permission or choose another directory",
  retryable: false,
};
const busy: Advice = {
  words: "the system has no file handles left. Close other programs or raise the limit (ulimit -n)",
  retryable: true,
};
const inTheWay: Advice = {
  words: "a file is in the way of the directory. Move it or choose another directory",
  retryable: false,
};

const adviceByCode: Readonly<Record<string, Advice>> = {
  ENOSPC: full,
  EDQUOT: full,
  EFBIG: {
    words:
      "a file reached the size that this process may write (ulimit -f). Raise it or use smaller segments",
    retryable: true,
  },
  EACCES: forbidden,
  EPERM: forbidden,
  EROFS: { words: "the disk is read-only. Choose another directory", retryable: false },
  EMFILE: busy,
  ENFILE: busy,
  ENOTDIR: inTheWay,
  EEXIST: inTheWay,
  ENOENT: {
    words: "its directory or file has vanished. It is created anew with the next request",
    retryable: true,
  },
};

const toAdvice = (code: string): Advice =>
  adviceByCode[code] ?? {
    words: `the system reports ${code || "a failure"}. Check the disk, or choose another directory`,
    retryable: false,
  };

/** `cause` in words that say what to do next. */
export const toJournalError = (directory: string, cause: unknown): HooklineError => {
  if (cause instanceof HooklineError) return cause;
  const { words, retryable } = toAdvice((cause as NodeJS.ErrnoException | undefined)?.code ?? "");
  const message = `The journal in ${directory} cannot be used: ${words}.`;
  return new HooklineError("JOURNAL_UNAVAILABLE", message, { cause, retryable });
};
