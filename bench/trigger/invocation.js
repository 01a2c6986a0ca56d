import { createHmac } from "node:crypto";
import { toBody } from "../verify/delivery.js";

const secret = "It's a Secret to Everybody";

const silent = () => {};
const levels = ["metric", "trace", "debug", "info", "log", "warn", "error"];

/** A context with everything that the platform supplies and Spectral touches. */
export const context = {
  logger: Object.fromEntries(levels.map((level) => [level, silent])),
  instanceState: {},
  crossFlowState: {},
  executionState: {},
  integrationState: {},
  configVars: {},
  stepId: "trigger",
  executionId: "SW5zdGFuY2VFeGVjdXRpb25SZXN1bHQ6MQ==",
  webhookUrls: {},
  webhookApiKeys: {},
  invokeUrl: "https://hooks.prismatic.io/trigger/1",
  customer: { id: "testCustomerId", name: "Test Customer", externalId: "testCustomerExternalId" },
  instance: { id: "1", name: "Bench" },
  user: { id: "testUserId", email: "", name: "", externalId: "" },
  integration: { id: "1", name: "Bench", versionSequenceId: "1", externalVersion: "" },
  flow: { id: "1", name: "Flow 1", stableId: "1" },
  startedAt: "2026-01-01 00:00:00.00000+00",
};

/** The trigger's inputs, raw as the platform passes them. */
export const params = {
  provider: "github",
  signingSecret: { key: "signingSecret", configVarKey: "Secret", fields: { secret } },
  endpointUrl: "",
  toleranceSeconds: "",
  options: [],
  onRejection: "throw",
};

/** A GitHub delivery with the headers that GitHub and the platform put on one. */
export const toPayload = (size) => {
  const body = toBody(size);
  const signature = createHmac("sha256", secret).update(body).digest("hex");
  return {
    headers: {
      Host: "hooks.prismatic.io",
      "User-Agent": "GitHub-Hookshot/044aadd",
      "Content-Length": String(body.length),
      Accept: "*/*",
      "Content-Type": "application/json",
      "X-GitHub-Delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958",
      "X-GitHub-Event": "issues",
      "X-GitHub-Hook-ID": "292430182",
      "X-Hub-Signature-256": `sha256=${signature}`,
      "X-Forwarded-For": "192.30.252.44",
      "X-Amzn-Trace-Id": "Root=1-67891233-abcdef012345678912345678",
    },
    queryParameters: null,
    rawBody: { data: body, contentType: "application/json" },
    body: { data: JSON.parse(body.toString()), contentType: "application/json" },
    pathFragment: "",
    webhookUrls: {},
    webhookApiKeys: {},
    invokeUrl: "https://hooks.prismatic.io/trigger/1",
    executionId: context.executionId,
    customer: context.customer,
    instance: context.instance,
    user: context.user,
    integration: context.integration,
    flow: context.flow,
    startedAt: context.startedAt,
    globalDebug: false,
  };
};
