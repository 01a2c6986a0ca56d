import { parseArgs } from "node:util";

export interface Plan {
  readonly engine: "postgres" | "redis";
  readonly messages: number;
  readonly keys: number;
  readonly producers: number;
  readonly consumers: number;
  /** One consumer is killed after so many processed messages, more or less. */
  readonly consumerKillEvery: number;
  readonly engineKills: number;
  readonly leaseSeconds: number;
  /** How often a consumer gives a message back. */
  readonly failRate: number;
  /** How often a consumer stands still for longer than its lease. */
  readonly stallRate: number;
  /** How often a producer sends a batch again that was answered. */
  readonly repeatRate: number;
  readonly seed: number;
}

/** What a suite can afford. */
const bounded = {
  messages: 3000,
  keys: 100,
  producers: 4,
  consumers: 8,
  consumerKillEvery: 500,
  engineKills: 1,
  leaseSeconds: 2,
  failRate: 0.01,
  stallRate: 0.002,
  repeatRate: 0.05,
};

const full = { ...bounded, messages: 100_000, keys: 1000, engineKills: 5, stallRate: 0.0005 };

const toWholeNumber = (name: string, text: string | undefined, usual: number): number => {
  const number = text === undefined ? usual : Number(text);
  if (Number.isInteger(number) && number >= 0) return number;
  throw new Error(`--${name} takes a whole number, not ${text}.`);
};

const toEngine = (text: string | undefined): Plan["engine"] => {
  if (text === "postgres" || text === "redis") return text;
  throw new Error("Say which engine: --engine postgres, or --engine redis.");
};

/** `--engine`, `--full`, and `--messages`, `--keys`, `--engine-kills`, `--seed` over what these choose. */
export const readPlan = (parameters: readonly string[]): Plan => {
  const { values } = parseArgs({
    args: [...parameters],
    options: {
      engine: { type: "string" },
      full: { type: "boolean" },
      messages: { type: "string" },
      keys: { type: "string" },
      "engine-kills": { type: "string" },
      seed: { type: "string" },
    },
  });
  const usual = values.full ? full : bounded;
  const seed = Math.floor(Math.random() * 2 ** 31);
  return {
    ...usual,
    engine: toEngine(values.engine),
    messages: toWholeNumber("messages", values.messages, usual.messages),
    keys: Math.max(usual.producers, toWholeNumber("keys", values.keys, usual.keys)),
    engineKills: toWholeNumber("engine-kills", values["engine-kills"], usual.engineKills),
    seed: toWholeNumber("seed", values.seed, seed),
  };
};
