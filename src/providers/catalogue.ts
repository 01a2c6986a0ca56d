import { HooklineError } from "../errors";
import { adyen } from "./adyen";
import { asana } from "./asana";
import { awsSns } from "./aws-sns";
import { bitbucket } from "./bitbucket";
import { box } from "./box";
import { braintree } from "./braintree";
import { discord } from "./discord";
import { docusign } from "./docusign";
import { dropbox } from "./dropbox";
import { github } from "./github";
import { gitlab } from "./gitlab";
import { heartcore } from "./heartcore";
import { heartwork } from "./heartwork";
import { hubspot } from "./hubspot";
import { intercom } from "./intercom";
import { jira } from "./jira";
import { kinetic } from "./kinetic";
import { linear } from "./linear";
import { meta } from "./meta";
import { microsoftGraph } from "./microsoft-graph";
import { monday } from "./monday";
import { paypal } from "./paypal";
import { prismatic } from "./prismatic";
import type { Provider } from "./provider";
import { salesforce } from "./salesforce";
import { sendgrid } from "./sendgrid";
import { shopify } from "./shopify";
import { slack } from "./slack";
import { square } from "./square";
import { standardWebhooks } from "./standard-webhooks";
import { stripe } from "./stripe";
import { svix } from "./svix";
import { telegram } from "./telegram";
import { trello } from "./trello";
import { truelayer } from "./truelayer";
import { twilio } from "./twilio";
import { typeform } from "./typeform";
import { umbraco } from "./umbraco";
import { woocommerce } from "./woocommerce";
import { xero } from "./xero";
import { zendesk } from "./zendesk";
import { zoom } from "./zoom";

/** Every provider, by name. */
export const providers: readonly Provider[] = [
  adyen,
  asana,
  awsSns,
  bitbucket,
  box,
  braintree,
  discord,
  docusign,
  dropbox,
  github,
  gitlab,
  heartcore,
  heartwork,
  hubspot,
  intercom,
  jira,
  kinetic,
  linear,
  meta,
  microsoftGraph,
  monday,
  paypal,
  prismatic,
  salesforce,
  sendgrid,
  shopify,
  slack,
  square,
  standardWebhooks,
  stripe,
  svix,
  telegram,
  trello,
  truelayer,
  twilio,
  typeform,
  umbraco,
  woocommerce,
  xero,
  zendesk,
  zoom,
].toSorted((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));

const byId = new Map(providers.map((provider) => [provider.id, provider]));

export const findProvider = (id: string): Provider => {
  const provider = byId.get(id);
  if (provider) return provider;
  const prefix = id.slice(0, 2).toLowerCase();
  const near = providers.map((known) => known.id).filter((known) => known.startsWith(prefix));
  const hint = near.length > 0 ? ` Did you mean ${near.join(" or ")}?` : "";
  throw new HooklineError(
    "PROVIDER_UNKNOWN",
    `No provider is called "${id.slice(0, 60)}".${hint} The Provider input and \`hookline providers\` list them all.`,
  );
};
