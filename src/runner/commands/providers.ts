import type { Command } from "commander";
import { findProvider, providers } from "../../providers/catalogue";
import type { Provider } from "../../providers/provider";
import { describeScheme } from "../../signatures/describe-scheme";
import { describeSubscription } from "../../subscriptions/describe-subscription";
import type { CommandIo } from "./command-io";

const describeReply = ({ acknowledgement }: Provider): string => {
  if (acknowledgement === undefined) return "any 2xx";
  if (typeof acknowledgement === "function") return "depends on the delivery";
  return `${acknowledgement.status} ${acknowledgement.body === "" ? "with an empty body" : (acknowledgement.body ?? "")}`.trim();
};

const describeOptions = ({ options = {} }: Provider): readonly string[] =>
  Object.entries(options).map(([name, description]) => `option ${name}: ${description}`);

const describeSubscribing = ({ subscription }: Provider): readonly string[] =>
  subscription ? describeSubscription(subscription) : ["by hand, at the provider"];

/** Everything about one provider, a fact a line. */
const describeProvider = (provider: Provider): readonly string[] => [
  `${provider.name} (${provider.id})`,
  `docs: ${provider.docs}`,
  `evidence: ${provider.evidence}`,
  `secret: ${provider.secret}`,
  ...describeScheme(provider.signature).map((line) => `signature: ${line}`),
  `challenge: ${provider.challenge?.description ?? "none"}`,
  `acknowledgement: ${describeReply(provider)}`,
  `event id: ${provider.events.description.id}`,
  `event type: ${provider.events.description.type}`,
  `ordering key: ${provider.events.description.orderingKey}`,
  ...describeSubscribing(provider).map((line) => `subscription: ${line}`),
  ...describeOptions(provider),
  ...(provider.notes ?? []).map((note) => `note: ${note}`),
  `samples: ${Object.keys(provider.samples).join(", ") || "none"}`,
];

const listProviders = (): readonly string[] => {
  const width = Math.max(...providers.map(({ id }) => id.length));
  return providers.map(
    (provider) =>
      `${provider.id.padEnd(width)}  ${provider.name}: ${describeScheme(provider.signature)[0] ?? ""}`,
  );
};

/** `hookline providers`: the catalogue, or all that is known of one provider. */
export const addProvidersCommand = (program: Command, io: CommandIo): void => {
  program
    .command("providers")
    .argument("[id]", "a provider's id; all of them without it")
    .description(
      "show the catalogue: signed content, challenge, acknowledgement, event fields, subscription",
    )
    .action((id: string | undefined) => {
      const lines = id === undefined ? listProviders() : describeProvider(findProvider(id));
      io.output.write(`${lines.join("\n")}\n`);
    });
};
