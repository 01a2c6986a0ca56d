import type { ConnectionKind } from "../../connections/connection";
import { HooklineError } from "../../errors";
import { providers } from "../../providers/catalogue";
import type { Provider } from "../../providers/provider";
import { providerApi } from "../../subscriptions/provider-api";
import type { SettingInputs, Settings } from "../../subscriptions/setting";
import type { Subscription } from "../../subscriptions/subscription";
import { templateSettings } from "../../subscriptions/template-settings";
import {
  type TemplateSettings,
  toTemplateSubscription,
} from "../../subscriptions/template-subscription";

/** Something that can be subscribed to: a provider of the catalogue, or any API by templates. */
export interface Subscribable {
  /** As records and deliveries name it. */
  readonly id: string;
  readonly name: string;
  readonly connection: ConnectionKind;
  readonly inputs: SettingInputs;
  /** @throws HooklineError INPUT_INVALID where the settings do not fit together. */
  readonly resolve: (settings: Settings) => Subscription;
}

/** A provider of the catalogue that tells how it is subscribed to. */
export interface SubscribableProvider {
  readonly provider: Provider;
  readonly subscription: Subscription;
}

export const subscribableProviders: readonly SubscribableProvider[] = providers.flatMap(
  (provider: Provider) =>
    provider.subscription ? [{ provider, subscription: provider.subscription }] : [],
);

export const anyApi: Subscribable = {
  id: "managed",
  name: "Managed Webhook",
  connection: providerApi,
  inputs: templateSettings,
  resolve: (settings) => toTemplateSubscription(settings as unknown as TemplateSettings),
};

export const toSubscribable = ({ provider, subscription }: SubscribableProvider): Subscribable => ({
  id: provider.id,
  name: provider.name,
  connection: subscription.access.connection,
  inputs: subscription.inputs,
  resolve: () => subscription,
});

export const subscribables: readonly Subscribable[] = [
  ...subscribableProviders.map(toSubscribable),
  anyApi,
];

/** @throws HooklineError PROVIDER_UNKNOWN */
export const findSubscribable = (id: string): Subscribable => {
  const found = subscribables.find((subscribable) => subscribable.id === id);
  if (found) return found;
  throw new HooklineError(
    "PROVIDER_UNKNOWN",
    `Provider: "${id.slice(0, 60)}" cannot be subscribed to. Choose one of ${subscribables.map((known) => known.id).join(", ")}.`,
  );
};
