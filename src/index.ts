import { component } from "@prismatic-io/spectral";
import { ensureSubscription } from "./component/actions/ensure-subscription";
import { fetchRecord } from "./component/actions/fetch-record";
import { listSubscriptions } from "./component/actions/list-subscriptions";
import { listWebhookJobs } from "./component/actions/list-webhook-jobs";
import { removeSubscription } from "./component/actions/remove-subscription";
import { renewSubscriptions } from "./component/actions/renew-subscriptions";
import { retryWebhookJob } from "./component/actions/retry-webhook-job";
import { verifySignature } from "./component/actions/verify-signature";
import { apiConnections } from "./component/connections/api-connections";
import { signingSecret } from "./component/connections/signing-secret";
import { choiceDataSources } from "./component/data-sources/choices";
import { providers } from "./component/data-sources/providers";
import { managedTriggers } from "./component/managed/managed-triggers";
import { catchProviderWebhook } from "./component/triggers/catch-provider-webhook";
import { catchRawWebhook } from "./component/triggers/catch-raw-webhook";
import { managedWebhook } from "./component/triggers/managed-webhook";

export default component({
  key: "hookline",
  public: false,
  display: {
    label: "Hookline",
    description: "Subscribe to, catch, verify and answer webhooks from any provider.",
    iconPath: "icon.png",
    category: "Triggers",
  },
  triggers: { catchRawWebhook, catchProviderWebhook, managedWebhook, ...managedTriggers },
  actions: {
    verifySignature,
    ensureSubscription,
    removeSubscription,
    listSubscriptions,
    renewSubscriptions,
    fetchRecord,
    listWebhookJobs,
    retryWebhookJob,
  },
  dataSources: { providers, ...choiceDataSources },
  connections: [signingSecret, ...apiConnections],
});
