import { component } from "@prismatic-io/spectral";
import { acknowledgeMessage } from "./component/actions/acknowledge-message";
import { acknowledgeMessages } from "./component/actions/acknowledge-messages";
import { deadLetterMessage } from "./component/actions/dead-letter-message";
import { enqueueDelivery } from "./component/actions/enqueue-delivery";
import { enqueueMessage } from "./component/actions/enqueue-message";
import { ensureQueue } from "./component/actions/ensure-queue";
import { ensureSubscription } from "./component/actions/ensure-subscription";
import { extendLease } from "./component/actions/extend-lease";
import { fetchRecord } from "./component/actions/fetch-record";
import { leaseMessages } from "./component/actions/lease-messages";
import { listDeadLetters } from "./component/actions/list-dead-letters";
import { listSubscriptions } from "./component/actions/list-subscriptions";
import { listWebhookJobs } from "./component/actions/list-webhook-jobs";
import { queueStatus } from "./component/actions/queue-status";
import { redriveDeadLetters } from "./component/actions/redrive-dead-letters";
import { releaseMessage } from "./component/actions/release-message";
import { removeDeadLetters } from "./component/actions/remove-dead-letters";
import { removeQueue } from "./component/actions/remove-queue";
import { removeSubscription } from "./component/actions/remove-subscription";
import { renewSubscriptions } from "./component/actions/renew-subscriptions";
import { retryWebhookJob } from "./component/actions/retry-webhook-job";
import { verifySignature } from "./component/actions/verify-signature";
import { apiConnections } from "./component/connections/api-connections";
import { queueConnections } from "./component/connections/queue-connections";
import { signingSecret } from "./component/connections/signing-secret";
import { choiceDataSources } from "./component/data-sources/choices";
import { deadLetters } from "./component/data-sources/dead-letters";
import { providers } from "./component/data-sources/providers";
import { managedTriggers } from "./component/managed/managed-triggers";
import { catchProviderWebhook } from "./component/triggers/catch-provider-webhook";
import { catchRawWebhook } from "./component/triggers/catch-raw-webhook";
import { drainQueue } from "./component/triggers/drain-queue";
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
  triggers: {
    catchRawWebhook,
    catchProviderWebhook,
    managedWebhook,
    ...managedTriggers,
    drainQueue,
  },
  actions: {
    verifySignature,
    ensureSubscription,
    removeSubscription,
    listSubscriptions,
    renewSubscriptions,
    fetchRecord,
    listWebhookJobs,
    retryWebhookJob,
    enqueueMessage,
    enqueueDelivery,
    leaseMessages,
    acknowledgeMessage,
    acknowledgeMessages,
    releaseMessage,
    deadLetterMessage,
    extendLease,
    queueStatus,
    listDeadLetters,
    redriveDeadLetters,
    removeDeadLetters,
    ensureQueue,
    removeQueue,
  },
  dataSources: { providers, ...choiceDataSources, deadLetters },
  connections: [signingSecret, ...apiConnections, ...queueConnections],
});
