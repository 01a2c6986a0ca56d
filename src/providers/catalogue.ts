import { HooklineError } from "../errors";
import { adyen } from "./adyen";
import { awsSns } from "./aws-sns";
import { box } from "./box";
import { braintree } from "./braintree";
import { discord } from "./discord";
import { docusign } from "./docusign";
import { dropbox } from "./dropbox";
import { github } from "./github";
import { jira } from "./jira";
import { meta } from "./meta";
import { microsoftGraph } from "./microsoft-graph";
import { paypal } from "./paypal";
import type { Provider } from "./provider";
import { salesforce } from "./salesforce";
import { square } from "./square";
import { stripe } from "./stripe";
import { telegram } from "./telegram";
import { trello } from "./trello";
import { truelayer } from "./truelayer";
import { typeform } from "./typeform";
import { woocommerce } from "./woocommerce";
import { xero } from "./xero";
import { zoom } from "./zoom";

/** Every provider, by name. */
export const providers: readonly Provider[] = [
  adyen,
  awsSns,
  box,
  braintree,
  discord,
  docusign,
  dropbox,
  github,
  jira,
  meta,
  microsoftGraph,
  paypal,
  salesforce,
  square,
  stripe,
  telegram,
  trello,
  truelayer,
  typeform,
  woocommerce,
  xero,
  zoom,
].toSorted((a, b) => a.name.localeCompare(b.name, "en"));

const byId = new Map(providers.map((provider) => [provider.id, provider]));

export const findProvider = (id: string): Provider => {
  const provider = byId.get(id);
  if (provider) return provider;
  const prefix = id.slice(0, 2).toLowerCase();
  const near = providers.map((known) => known.id).filter((known) => known.startsWith(prefix));
  const hint = near.length > 0 ? ` Did you mean ${near.join(" or ")}?` : "";
  throw new HooklineError(
    "PROVIDER_UNKNOWN",
    `No provider is called "${id.slice(0, 60)}".${hint} Choose one from the Provider input's list.`,
  );
};
