export const REDACTED = "[redacted]";

/** A shorter text stands in half of all texts by chance: then only a word of its own counts. */
const SHORTEST_DISTINCT = 8;

/** Nothing, as before a text and behind it, or a separator. */
const EDGE = /^[\s"'`,;:=<>()]?$/;

const redactWord = (text: string, secret: string): string => {
  let rest = "";
  let from = 0;
  for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, Math.max(from, at + 1))) {
    const end = at + secret.length;
    if (!EDGE.test(text.charAt(at - 1)) || !EDGE.test(text.charAt(end))) continue;
    rest += text.slice(from, at) + REDACTED;
    from = end;
  }
  return rest + text.slice(from);
};

/** The text without a secret, which is not empty. The text itself where the secret does not stand in it. */
export const redactSecret = (text: string, secret: string): string =>
  secret.length < SHORTEST_DISTINCT
    ? redactWord(text, secret)
    : text.replaceAll(secret, () => REDACTED);
