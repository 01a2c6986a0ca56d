import { labelOf } from "../connections/connection";
import { HooklineError } from "../errors";
import { createCaller } from "./caller";
import { canonical } from "./compare";
import { connectApi } from "./connect";
import { connectWithin } from "./connect-within";
import { checkEndpoint, toBareUrl } from "./endpoint";
import type { SubscriptionHost } from "./host";
import type { SubscriptionRecord } from "./record";
import { runChecks } from "./run-checks";
import type { ManualSubscription } from "./subscription";
import { readPlans, type Wish } from "./wish";

/** A shorter one could be guessed. */
const SHORTEST_SECRET = 16;

/** A header carries it, so it is made of visible ASCII. */
const checkSecret = ({ access, secretFields }: ManualSubscription, { fields }: Wish): void => {
  const [name = ""] = secretFields;
  const secret = fields[name] ?? "";
  if (secret.length >= SHORTEST_SECRET && /^[\x21-\x7e]+$/.test(secret)) return;
  throw new HooklineError(
    "CONNECTION_INVALID",
    `Connection ${access.connection.label}: fill in ${labelOf(access.connection, name)} with at least ${SHORTEST_SECRET} random letters and digits, without spaces. The command openssl rand -hex 32 makes one. It proves that deliveries come from your webhook.`,
  );
};

const isUnchanged = (record: SubscriptionRecord, wish: Wish): boolean =>
  record.provider === wish.provider &&
  record.endpointUrl === wish.endpointUrl &&
  canonical(record.settings) === canonical(wish.settings);

const toRecord = (
  { provider, endpointUrl, owner, settings }: Wish,
  confirmedAt: string | undefined,
): SubscriptionRecord => ({
  version: 1,
  provider,
  endpointUrl,
  owner,
  settings,
  secret: "",
  subscriptions: [],
  retired: [],
  orphans: [],
  ...(confirmedAt !== undefined && { confirmedAt }),
});

/** The URL for a log: a query may hold what nobody else should see. */
const toShownUrl = (endpointUrl: string): string => {
  const shown = toBareUrl(endpointUrl);
  return new URL(endpointUrl).search === ""
    ? shown
    : `${shown} and the query of the flow's webhook URL`;
};

const describeSetup = (
  { place, instructions }: ManualSubscription,
  { settings, endpointUrl }: Wish,
): readonly string[] => [
  `This webhook has to be made by hand, at ${place}. Make it, or change the one that is there already:`,
  ...instructions({ settings, endpointUrl: toShownUrl(endpointUrl) }),
  "The set-up is complete with the first delivery that is verified.",
];

/**
 * Checks what can be checked before a person makes a webhook by hand, and logs what to type in. Once a
 * delivery has confirmed the webhook it says so instead, until something changes.
 *
 * @returns the record to keep.
 * @throws HooklineError INPUT_INVALID, CONNECTION_INVALID, PROVIDER_UNREACHABLE or SUBSCRIPTION_FAILED.
 */
export const prepareManual = async (
  subscription: ManualSubscription,
  wish: Wish,
  record: SubscriptionRecord | undefined,
  host: SubscriptionHost,
): Promise<SubscriptionRecord> => {
  readPlans(subscription, wish);
  const { baseUrl, send } = connectApi(subscription.access, wish.fields, connectWithin(host));
  checkEndpoint(wish.endpointUrl, baseUrl);
  checkSecret(subscription, wish);
  const confirmedAt = record && isUnchanged(record, wish) ? record.confirmedAt : undefined;
  if (confirmedAt === undefined) {
    const secrets = Object.values(wish.fields);
    await runChecks({ subscription, send: createCaller(send, host), secrets }, wish.settings);
    for (const line of describeSetup(subscription, wish)) host.log(line);
  } else
    host.log(
      `A delivery confirmed the webhook at ${subscription.place} on ${confirmedAt}. There is nothing to type in, unless its secret is a new one.`,
    );
  return toRecord(wish, confirmedAt);
};

/** The record after the first verified delivery; nothing where there was one before. */
export const confirmManual = (
  record: SubscriptionRecord,
  now: Date,
): SubscriptionRecord | undefined =>
  record.confirmedAt === undefined ? { ...record, confirmedAt: now.toISOString() } : undefined;

/** What a person has to do once the flow is gone, one line each. */
export const describeManualRemoval = (
  { place }: ManualSubscription,
  endpointUrl: string,
): readonly string[] => [
  `The webhook was made by hand and has to be removed by hand: go to ${place} and delete the one with the URL ${toBareUrl(endpointUrl)}.`,
  "Until then it keeps sending to a flow that is gone, and every delivery fails.",
];
