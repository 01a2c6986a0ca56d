import type { Integration } from "../integration/open-integration";
import type { PlannedFlow } from "../integration/plan-flows";
import type { FlowContext, GuestFlow, LifecycleHook } from "../isolation/messages";
import { readEndpointKeys } from "./endpoint-keys";
import { toRelayId, toStableUuid } from "./identifiers";

/** A flow of the one instance that the runner deploys. */
export interface DeployedFlow {
  readonly name: string;
  readonly stableId: string;
  /** What stands after `/trigger/` in its URL. */
  readonly endpoint: string;
  readonly url: string;
  /** Accepted values of the `Api-Key` header; empty where the endpoint is open. */
  readonly apiKeys: readonly string[];
  readonly component: string;
  readonly trigger: string;
  readonly hooks: readonly LifecycleHook[];
  readonly guest: GuestFlow;
}

/** Prismatic's values in a test run, seen in its example payloads. */
const CUSTOMER = {
  id: "testCustomerId",
  name: "Test Customer",
  externalId: "testCustomerExternalId",
};
const USER = {
  id: "testUserId",
  email: "testUserEmail@example.com",
  name: "Test User",
  externalId: "testUserExternalId",
};

interface Endpoint {
  readonly flow: PlannedFlow;
  readonly stableId: string;
  readonly endpoint: string;
  readonly url: string;
  readonly apiKeys: readonly string[];
}

const toEndpoint = (
  flow: PlannedFlow,
  integration: string,
  baseUrl: string,
  dataFolder: string,
): Endpoint => {
  const stableId = toStableUuid(`flow:${integration}:${flow.definition.stableKey}`);
  const endpoint = toRelayId("InstanceFlowConfig", toStableUuid(`endpoint:${stableId}`));
  const apiKeys = readEndpointKeys(flow.definition.endpointSecurity, stableId, dataFolder);
  return { flow, stableId, endpoint, apiKeys, url: `${baseUrl}/trigger/${endpoint}` };
};

const toDeployedFlow = (
  { flow, ...endpoint }: Endpoint,
  shared: Omit<FlowContext, "invokeUrl" | "flow" | "stepId" | "stepName">,
): DeployedFlow => {
  const { name, component, trigger, triggerName } = flow.definition;
  const { stableId, url } = endpoint;
  const id = toRelayId("IntegrationFlow", toStableUuid(`version:${stableId}:${name}`));
  const context: FlowContext = {
    ...shared,
    stepId: toRelayId("IntegrationAction", toStableUuid(`trigger:${stableId}`)),
    stepName: triggerName,
    invokeUrl: url,
    flow: { id, name, stableId },
  };
  const instanceState = `flow:${stableId}`;
  const guest = { name, component, trigger, params: flow.params, context, instanceState };
  return { ...endpoint, name, component, trigger, hooks: flow.trigger.hooks, guest };
};

/**
 * Gives every flow its URL and the surroundings that its runs see. URLs and stable ids follow from the
 * integration's and the flow's names (or the flow's stable key), so they are the same on every start.
 */
export const toDeployedFlows = (
  integration: Integration,
  baseUrl: string,
  dataFolder: string,
): readonly DeployedFlow[] => {
  const { name, configVars } = integration;
  const endpoints = integration.flows.map((flow) => toEndpoint(flow, name, baseUrl, dataFolder));
  const byName = <Value>(read: (endpoint: Endpoint) => Value): Record<string, Value> =>
    Object.fromEntries(endpoints.map((entry) => [entry.flow.definition.name, read(entry)]));
  const integrationId = toRelayId("Integration", toStableUuid(`integration:${name}`));
  const shared = {
    configVars,
    webhookUrls: byName(({ url }) => url),
    webhookApiKeys: byName(({ apiKeys }) => apiKeys),
    customer: CUSTOMER,
    user: USER,
    instance: { id: toRelayId("Instance", toStableUuid(`instance:${name}`)), name },
    integration: { id: integrationId, name, versionSequenceId: "1", externalVersion: "" },
  };
  return endpoints.map((endpoint) => toDeployedFlow(endpoint, shared));
};
