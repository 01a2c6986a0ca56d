import type { Fields } from "../connections/connection";
import { HooklineError } from "../errors";
import { PASS, toMark, toMarkedUrl } from "./endpoint";
import type { SubscriptionHost } from "./host";
import type { Settings } from "./setting";
import type { ApiSubscription, Subscription } from "./subscription";
import type { Plan, Wanted } from "./subscription-state";

/** What a flow asks for. */
export interface Wish {
  /** The provider's id. */
  readonly provider: string;
  readonly settings: Settings;
  /** Of the connection. */
  readonly fields: Fields;
  /** The flow's own URL. */
  readonly endpointUrl: string;
  /** Instance and flow; the same on every deploy, also after the flow was renamed. */
  readonly owner: string;
  /** Renews whatever expires, however long it still lives: some providers ask for it. */
  readonly renewsNow?: boolean;
}

const SHORTEST_HEADER_SECRET = 8;

/** Texts that no message may repeat: the credentials, and what the builder gave as headers to send along. */
export const toConfidential = ({ fields, settings }: Wish): readonly string[] => {
  const pairs = Object.values(settings).filter(
    (value) => typeof value === "object" && !Array.isArray(value),
  );
  const values = pairs.flatMap((pair): readonly string[] => Object.values(pair));
  const long = values.filter(({ length }) => length >= SHORTEST_HEADER_SECRET);
  return [...Object.values(fields), ...long];
};

/** One call each has to fit into the platform's 30 seconds. */
const MAXIMUM_SUBSCRIPTIONS = 100;

const invalid = (message: string) => new HooklineError("INPUT_INVALID", message);

/** Nothing while paused. @throws HooklineError INPUT_INVALID where nothing, too much or the same thing twice is asked for. */
export const readPlans = (subscription: Subscription, { settings }: Wish): readonly Plan[] => {
  if (subscription.isPaused?.(settings)) return [];
  const plans = subscription.plan(settings);
  const byKey = new Map(plans.map((plan) => [plan.key, plan]));
  if (byKey.size === 0) throw invalid("Nothing is subscribed to: choose at least one event.");
  if (byKey.size > MAXIMUM_SUBSCRIPTIONS)
    throw invalid(
      `These inputs ask for ${byKey.size} subscriptions, and at most ${MAXIMUM_SUBSCRIPTIONS} can be made in the 30 seconds of a deploy. Choose fewer, and put the rest into another flow.`,
    );
  return [...byKey.values()];
};

export interface Marking {
  readonly subscription: ApiSubscription;
  readonly wish: Wish;
  readonly secret: string;
  readonly host: SubscriptionHost;
}

/** Completes the plans with endpoint, mark and secret. */
export const toWanted = (
  plans: readonly Plan[],
  { subscription, wish, secret, host }: Marking,
): readonly Wanted[] => {
  const mark = toMark(wish.owner);
  const { endpoint } = subscription;
  const marked = toMarkedUrl({ endpointUrl: wish.endpointUrl, mark, secret, endpoint });
  const toEndpoint = (): string => {
    if (!subscription.handshake) return marked;
    const url = new URL(marked);
    url.searchParams.set(PASS, host.makePass(mark));
    return url.href;
  };
  return plans.map((plan) => ({
    enabled: true,
    details: {},
    lifetimeSeconds: 0,
    ...plan,
    endpointUrl: toEndpoint(),
    mark,
    secret,
  }));
};
