const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

/** Whether a text can be the name of a header (a token, RFC 9110 section 5.6.2). */
export const isHeaderName = (text: string): boolean => TOKEN.test(text);

/** A copy with names in lower case, as they are compared. */
export const withLowerCaseNames = (
  headers: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
