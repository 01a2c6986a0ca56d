import { readFileSync } from "node:fs";
import { type Command, InvalidArgumentError } from "commander";
import { HooklineError } from "../../errors";
import { findProvider } from "../../providers/catalogue";
import type { Provider } from "../../providers/provider";
import { findRunningInstance } from "../control/running-instance";
import { chooseTarget } from "../send/choose-target";
import { ensureSignable } from "../send/ensure-signable";
import { readInstanceTargets } from "../send/instance-targets";
import { type Posted, postDelivery } from "../send/post-delivery";
import { prepareDeliveries } from "../send/prepare-deliveries";
import type { SendTarget } from "../send/send-target";
import type { CommandIo } from "./command-io";

interface SendOptions {
  readonly flow?: string;
  readonly url?: string;
  readonly secret?: string;
  readonly option: readonly string[];
  readonly body?: string;
  readonly count: number;
  readonly duplicate: number;
  readonly forge: boolean;
  readonly shuffle: boolean;
  readonly at?: Date;
  readonly data: string;
}

const MOST_DELIVERIES = 100_000;

const readCount = (text: string): number => {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 0 && count <= MOST_DELIVERIES) return count;
  throw new InvalidArgumentError(`Give a whole number up to ${MOST_DELIVERIES}.`);
};

const readPositive = (text: string): number => {
  const count = readCount(text);
  if (count > 0) return count;
  throw new InvalidArgumentError("Give at least 1.");
};

const readTime = (text: string): Date => {
  const time = new Date(text);
  if (!Number.isNaN(time.getTime())) return time;
  throw new InvalidArgumentError("Give a time such as 2026-11-21T03:00:00Z.");
};

/** `@file` stands for what is in the file. */
const readText = (text: string): string => {
  if (!text.startsWith("@")) return text;
  try {
    return readFileSync(text.slice(1), "utf8");
  } catch (cause) {
    throw new HooklineError("INPUT_INVALID", `${text.slice(1)} cannot be read.`, { cause });
  }
};

const readPair = (text: string, previous: readonly string[]): readonly string[] => {
  if (/^[^=]+=/.test(text)) return [...previous, text];
  throw new InvalidArgumentError("Give a name and a value, such as webhookId=1AB.");
};

const readUrl = (text: string): string => {
  if (/^https?:/.test(text) && URL.canParse(text)) return text;
  throw new InvalidArgumentError("Give a whole URL, such as http://127.0.0.1:8400/trigger/….");
};

const toOptions = (pairs: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    pairs.map((pair) => [pair.split("=")[0] ?? "", pair.split("=").slice(1).join("=")]),
  );

const describeTarget = (url: string): SendTarget => ({
  flow: url,
  url,
  trigger: null,
  provider: null,
  secret: "",
  username: "",
  options: {},
  endpointUrl: "",
  queue: null,
});

const findTarget = (provider: Provider, { url, flow, data, secret }: SendOptions): SendTarget => {
  if (url === undefined)
    return chooseTarget(
      readInstanceTargets(findRunningInstance(data, "give --url and --secret")),
      provider,
      flow,
    );
  if (secret !== undefined) return describeTarget(url);
  throw new HooklineError("INPUT_INVALID", "--url needs --secret: the secret to sign with.");
};

/** What the command line says wins over what the flow has. */
const withOverrides = (target: SendTarget, { secret, option }: SendOptions): SendTarget => ({
  ...target,
  ...(secret !== undefined && { secret: readText(secret) }),
  options: { ...target.options, ...toOptions(option) },
});

const describeAnswer = ({ status, body, milliseconds }: Posted): string =>
  `${status}  ${milliseconds.toFixed(1)} ms  ${body.replace(/\s+/g, " ").slice(0, 120)}`.trimEnd();

const send = async (
  id: string,
  event: string | undefined,
  options: SendOptions,
  io: CommandIo,
): Promise<void> => {
  const provider = findProvider(id);
  const target = withOverrides(findTarget(provider, options), options);
  if (options.secret === undefined) ensureSignable(provider, target);
  const { count, duplicate, forge, shuffle, at = new Date() } = options;
  const deliveries = await prepareDeliveries(provider, target, {
    event,
    body: options.body === undefined ? undefined : readText(options.body),
    now: at,
    plan: { count, duplicates: duplicate, forge, shuffle },
  });
  io.output.write(`${deliveries.length} of ${provider.name} to ${target.flow}\n`);
  for (const delivery of deliveries)
    io.output.write(`${describeAnswer(await postDelivery(delivery))}\n`);
};

/** `hookline send`: sign and post deliveries as a provider would. */
export const addSendCommand = (program: Command, io: CommandIo): void => {
  program
    .command("send")
    .description("sign sample deliveries as a provider does, and post them to a flow or any URL")
    .argument("<provider>", "a provider's id; `hookline providers` lists them")
    .argument("[event]", "the sample's event type (default: the provider's first)")
    .option("--flow <name>", "the flow to send to (default: the one that catches the provider)")
    .option("--url <url>", "send to this URL instead of a flow of the running instance", readUrl)
    .option("--secret <secret>", "sign with this, or with what is in @file (default: the flow's)")
    .option("--option <name=value>", "a provider's setting; repeatable", readPair, [])
    .option("--body <text>", "send this body, or what is in @file, instead of the sample's")
    .option("--count <number>", "how many events", readPositive, 1)
    .option("--duplicate <number>", "how many times each is delivered again", readCount, 0)
    .option("--forge", "change each body after it was signed", false)
    .option("--shuffle", "send in random order", false)
    .option("--at <time>", "sign as of this time (default: now)", readTime)
    .option("--data <folder>", "the data folder of the runner", ".hookline")
    .action((id: string, event: string | undefined, options: SendOptions) =>
      send(id, event, options, io),
    );
};
