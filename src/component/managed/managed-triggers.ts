import { input } from "@prismatic-io/spectral";
import type { Provider } from "../../providers/provider";
import type { Subscription } from "../../subscriptions/subscription";
import { toConnection } from "../inputs/clean";
import { deliveryInputs } from "../inputs/delivery";
import { toSettingInputs } from "../inputs/settings";
import { toExamplePayload } from "./example-payload";
import { createManagedTrigger } from "./managed-trigger";
import { type SubscribableProvider, subscribableProviders, toSubscribable } from "./subscribables";

const describe = ({ name }: Provider, { kind }: Subscription): string =>
  kind === "manual"
    ? `Receive webhooks from ${name}: tells on deploy what to type in there, and verifies each delivery.`
    : `Receive webhooks from ${name}: subscribes on deploy, unsubscribes on delete, and verifies each delivery.`;

const createProviderTrigger = ({ provider, subscription }: SubscribableProvider) =>
  createManagedTrigger({
    subscribable: toSubscribable({ provider, subscription }),
    display: {
      label: `${provider.name} Webhook`,
      description: describe(provider, subscription),
    },
    inputs: {
      connection: input({
        label: "Connection",
        type: "connection",
        required: true,
        comments: `The credentials for the API of ${provider.name}, with which its webhooks are managed.`,
        clean: toConnection,
      }),
      ...toSettingInputs(subscription.inputs),
      onRejection: deliveryInputs.onRejection,
    },
    toProvider: () => provider,
    examplePayload: toExamplePayload(provider),
  });

/** `microsoft-graph` → `microsoftGraphWebhook` */
const toKey = ({ id }: Provider): string =>
  `${id.replace(/-(.)/g, (_dash, letter: string) => letter.toUpperCase())}Webhook`;

/** One trigger for each provider that can be subscribed to, under a key that follows from its id. */
export const managedTriggers = Object.fromEntries(
  subscribableProviders.map((subscribable) => [
    toKey(subscribable.provider),
    createProviderTrigger(subscribable),
  ]),
);
