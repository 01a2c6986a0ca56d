import { InvalidArgumentError } from "commander";

export interface DevOptions {
  readonly component?: readonly string[];
  readonly port: number;
  readonly data: string;
  readonly config?: string;
  readonly throwStatus?: number;
  readonly journal: boolean;
  readonly demo?: boolean;
  readonly standIn?: readonly string[];
}

const readWhole = (name: string, from: number, to: number) => (text: string) => {
  const value = Number(text);
  if (Number.isInteger(value) && value >= from && value <= to) return value;
  throw new InvalidArgumentError(`${name} is a whole number from ${from} to ${to}.`);
};

export const toPort = readWhole("A port", 0, 65_535);
export const toStatus = readWhole("A status", 400, 599);

/** For an option that may be repeated. */
export const collect = (value: string, previous: readonly string[] | undefined): string[] => [
  ...(previous ?? []),
  value,
];
