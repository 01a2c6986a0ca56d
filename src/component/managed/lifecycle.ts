import type { ActionContext, Connection } from "@prismatic-io/spectral";
import { HooklineError, toMessage } from "../../errors";
import { readRecord } from "../../subscriptions/record";
import type { Settings } from "../../subscriptions/setting";
import { dropSubscription } from "./drop-subscription";
import { toFlowKey } from "./flow-records";
import { keepSubscription } from "./keep-subscription";
import { toOwner } from "./owner";
import { toNotedSetup } from "./setup";
import type { Subscribable } from "./subscribables";
import type { SubscriptionSetup } from "./subscription-setup";

/** A trigger's inputs after cleaning. */
export type Params = Readonly<Record<string, unknown>>;

/** Only what the subscription asks for. */
export const toSettings = ({ inputs }: Subscribable, params: Params): Settings =>
  Object.fromEntries(Object.keys(inputs).map((name) => [name, params[name]])) as Settings;

const findEndpoint = ({ webhookUrls, flow }: ActionContext): string => {
  const url = webhookUrls[flow.name];
  if (url) return url;
  throw new HooklineError(
    "SUBSCRIPTION_FAILED",
    `The platform gave no webhook URL for flow "${flow.name}". Deploy the instance again.`,
  );
};

const toFlowSetup = (
  subscribable: Subscribable,
  context: ActionContext,
  params: Params,
): SubscriptionSetup => {
  const settings = toSettings(subscribable, params);
  return {
    id: subscribable.id,
    name: subscribable.name,
    subscription: subscribable.resolve(settings),
    connection: params.connection as Connection | undefined,
    settings,
    endpointUrl: findEndpoint(context),
    owner: toOwner(context),
    key: toFlowKey(context.flow.stableId),
  };
};

/** What was made counts, not what the inputs say today; these where nothing is noted. */
const toMadeSetup = (
  subscribable: Subscribable,
  context: ActionContext,
  params: Params,
): SubscriptionSetup => {
  const key = toFlowKey(context.flow.stableId);
  const record = readRecord(context.crossFlowState?.[key]);
  return record?.provider === subscribable.id
    ? toNotedSetup(params.connection as Connection | undefined, { key, record })
    : toFlowSetup(subscribable, context, params);
};

/** What a managed trigger does on deploy and delete; each may run any number of times, in any order. */
export const createLifecycle = (
  subscribable: Subscribable,
  check: (params: Params) => void = () => undefined,
) => ({
  subscribe: async (context: ActionContext, params: Params) => {
    check(params);
    const setup = toFlowSetup(subscribable, context, params);
    const record = await keepSubscription(context, setup);
    return { crossFlowState: { [setup.key]: record } };
  },
  unsubscribe: async (context: ActionContext, params: Params) => {
    try {
      const setup = toMadeSetup(subscribable, context, params);
      const { record } = await dropSubscription(context, setup);
      return { crossFlowState: { [setup.key]: record } };
    } catch (error) {
      context.logger.warn(`${subscribable.name}: could not unsubscribe. ${toMessage(error)}`);
      return undefined;
    }
  },
});
