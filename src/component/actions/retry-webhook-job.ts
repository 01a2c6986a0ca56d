import { action } from "@prismatic-io/spectral";
import { kineticAccess } from "../../providers/kinetic/access";
import { withApi } from "../api-connection";
import { jobIdInput, jobPlaceInputs, toJobScope } from "../kinetic-job-inputs";
import { exampleJob, retryJob } from "../kinetic-webhook-jobs";

export const retryWebhookJob = action({
  display: {
    label: "Retry Webhook Job",
    description:
      "Have the Kinetic Platform send a recorded webhook again, with the same body. A flow that drops repeats drops what it received before.",
  },
  inputs: { ...jobPlaceInputs, jobId: jobIdInput },
  perform: async (_context, { connection, scope, kappSlug, jobId }) => {
    const place = toJobScope(scope, kappSlug);
    const data = await withApi(kineticAccess, connection, ({ sendOnce: send, secrets }) =>
      retryJob({ send, secrets }, { scope: place, id: jobId }),
    );
    return { data };
  },
  examplePayload: { data: { ...exampleJob, status: "Queued", retryCount: 1 } },
});
