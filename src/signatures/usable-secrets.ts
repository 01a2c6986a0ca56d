import { rejected, type Verdict, verified } from "./verdict";

/** What a misconfigured template or a missing variable leaves behind. Anyone can sign with these. */
const placeholders = new Set(["", "null", "undefined", "[object object]", "nan"]);

const LONGEST_PLACEHOLDER = Math.max(...[...placeholders].map(({ length }) => length));

export const isUsable = (secret: unknown): secret is string => {
  if (typeof secret !== "string") return false;
  const text = secret.trim();
  return text.length > LONGEST_PLACEHOLDER || !placeholders.has(text.toLowerCase());
};

export const noSecret = rejected(
  "secret-missing",
  "No signing secret is set, or it is blank or a placeholder such as null: fill in the Signing Secret connection.",
);

/** Whether a secret matches; `undefined` where the secret itself is not of the form that the scheme needs. */
export type Matches = (secret: string) => boolean | undefined;

const describeMismatch = (count: number): string =>
  count === 1
    ? "It was made with another secret, or over other bytes, than these."
    : `It was made with another secret than the ${count} that are set, or over other bytes.`;

/** Verified by the first usable secret that matches, told by its place in the list as it was given. */
export const verifiedByAny = (
  secrets: readonly string[],
  matches: Matches,
  sentAt: Date | null = null,
): Verdict => {
  let compared = 0;
  let unfit = 0;
  for (let index = 0; index < secrets.length; index += 1) {
    const secret = secrets[index];
    if (!isUsable(secret)) continue;
    const outcome = matches(secret);
    if (outcome) return verified(index, sentAt);
    if (outcome === undefined) unfit += 1;
    else compared += 1;
  }
  if (compared > 0) return rejected("signature-mismatch", describeMismatch(compared));
  return unfit > 0
    ? rejected(
        "secret-missing",
        "The signing secret is not in the encoding that is expected, or not the one that this provider hands out.",
      )
    : noSecret;
};
