import { action } from "@prismatic-io/spectral";
import { kineticAccess } from "../../providers/kinetic/access";
import { withApi } from "../api-connection";
import { readFields } from "../connections/connection-fields";
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
    const secrets = Object.values(readFields(connection));
    const data = await withApi(kineticAccess, connection, ({ send }) =>
      retryJob({ send, secrets }, { scope: place, id: jobId }),
    );
    return { data };
  },
  examplePayload: { data: { ...exampleJob, status: "Queued", retryCount: 1 } },
});
