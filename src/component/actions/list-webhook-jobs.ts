import { action } from "@prismatic-io/spectral";
import { kineticAccess } from "../../providers/kinetic/access";
import { createCaller } from "../../subscriptions/caller";
import { withApi } from "../api-connection";
import { readFields } from "../connections/connection-fields";
import { jobPlaceInputs, jobQueryInputs, toJobScope } from "../kinetic-job-inputs";
import { exampleJob, listJobs } from "../kinetic-webhook-jobs";
import { createSubscriptionHost } from "../managed/subscription-host";

export const listWebhookJobs = action({
  display: {
    label: "List Webhook Jobs",
    description:
      "List what the Kinetic Platform recorded each time a webhook fired: when, where to, what was sent, what was answered and the number of the run it started.",
  },
  inputs: { ...jobPlaceInputs, ...jobQueryInputs },
  perform: async (context, params) => {
    const { connection, webhook, status, from, to, limit } = params;
    const scope = toJobScope(params.scope, params.kappSlug);
    const wanted = status === "Any" ? undefined : status;
    const fields = readFields(connection);
    const data = await withApi(kineticAccess, connection, (api) => {
      const send = createCaller(api.send, createSubscriptionHost(context, fields));
      const query = { scope, webhook, status: wanted, from, to, limit };
      return listJobs({ send, secrets: Object.values(fields) }, query);
    });
    return { data };
  },
  examplePayload: { data: { jobs: [exampleJob], isComplete: true } },
});
