export interface Colours {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly attention: (text: string) => string;
  readonly faint: (text: string) => string;
}

const wrap = (code: number) => (text: string) => `\u001b[${code}m${text}\u001b[0m`;
const plain = (text: string): string => text;

/** Colours for a terminal that wants them (https://no-color.org). */
export const toColours = (areWanted: boolean): Colours =>
  areWanted
    ? { good: wrap(32), bad: wrap(31), attention: wrap(33), faint: wrap(90) }
    : { good: plain, bad: plain, attention: plain, faint: plain };
