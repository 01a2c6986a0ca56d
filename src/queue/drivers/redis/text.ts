const MARK = "\0";

/**
 * Any text as one that UTF-8 can carry. Half a surrogate pair would become a replacement character on its way, so that
 * two keys could become one.
 */
export const toCarried = (text: string): string =>
  text.startsWith(MARK) || /\p{Cs}/u.test(text) ? MARK + JSON.stringify(text) : text;

export const fromCarried = (carried: string): string =>
  carried.startsWith(MARK) ? (JSON.parse(carried.slice(MARK.length)) as string) : carried;
