import { createCaller } from "./caller";
import { connectApi } from "./connect";
import { connectWithin } from "./connect-within";
import type { SubscriptionHost } from "./host";
import { createLedger } from "./ledger";
import { readSecrets, type SubscriptionRecord } from "./record";
import type { ApiSubscription } from "./subscription";
import { toConfidential, type Wish } from "./wish";
import type { Work } from "./work";

/** Opens the provider's API where today's settings lead. @throws HooklineError CONNECTION_INVALID or INPUT_INVALID */
export const openWork = (
  subscription: ApiSubscription,
  wish: Wish,
  record: SubscriptionRecord | undefined,
  host: SubscriptionHost,
): Work => {
  const { baseUrl, send } = connectApi(subscription.access, wish.fields, connectWithin(host));
  const place = { scope: subscription.scope?.(wish.settings) ?? {}, baseUrl };
  return {
    subscription,
    wish,
    record,
    host,
    place,
    ledger: createLedger(record, place),
    send: createCaller(send, host),
    secrets: [...toConfidential(wish), ...(record ? readSecrets(record) : [])],
    made: new Set(),
    conflicts: new Set(),
  };
};
