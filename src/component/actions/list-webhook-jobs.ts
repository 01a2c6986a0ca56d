import { action } from "@prismatic-io/spectral";
import { kineticAccess } from "../../providers/kinetic/access";
import { withApi } from "../api-connection";
import { jobPlaceInputs, jobQueryInputs, toJobScope } from "../kinetic-job-inputs";
import { exampleJob, listJobs } from "../kinetic-webhook-jobs";

export const listWebhookJobs = action({
  display: {
    label: "List Webhook Jobs",
    description:
      "List what the Kinetic Platform recorded each time a webhook fired: when, where to, what was sent, what was answered and the number of the run it started.",
  },
  inputs: { ...jobPlaceInputs, ...jobQueryInputs },
  perform: async (_context, params) => {
    const { connection, webhook, status, from, to, limit } = params;
    const scope = toJobScope(params.scope, params.kappSlug);
    const wanted = status === "Any" ? undefined : status;
    const data = await withApi(kineticAccess, connection, (api) =>
      listJobs(api, { scope, webhook, status: wanted, from, to, limit }),
    );
    return { data };
  },
  examplePayload: { data: { jobs: [exampleJob], isComplete: true } },
});
