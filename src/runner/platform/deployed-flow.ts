import type { Integration } from "../integration/open-integration";
import type { PlannedFlow } from "../integration/plan-flows";
import type { LifecycleHook } from "../isolation/lifecycle-hook";
import type { FlowContext, GuestFlow } from "../isolation/messages";
import { readEndpointKeys } from "./endpoint-keys";
import { toRelayId, toStableUuid } from "./identifiers";

/** The deployed instance, or the designer's test instance, which listening mode delivers to. */
export type InstanceKind = "deployed" | "test";

/** A flow of an instance, with the URL that it has there. */
export interface DeployedFlow {
  readonly kind: InstanceKind;
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

/** Where an instance runs. */
export interface InstancePlace {
  readonly kind: InstanceKind;
  readonly baseUrl: string;
  readonly dataFolder: string;
}

interface Endpoint {
  readonly kind: InstanceKind;
  readonly flow: PlannedFlow;
  readonly stableId: string;
  readonly endpoint: string;
  readonly url: string;
  readonly apiKeys: readonly string[];
}

/** Keeps what belongs to the test instance apart from what belongs to the deployed one. */
const ownedBy = (kind: InstanceKind, name: string): string =>
  kind === "test" ? `test ${name}` : name;

const FLOW_STATE = "flow:";
const CROSS_FLOW_STATE = "crossFlow";
const INTEGRATION_STATE = "integration";

/** Whether a storage key of state goes when the deployed instance goes. */
export const isStateOfInstance = (key: string): boolean =>
  key === CROSS_FLOW_STATE || key.startsWith(FLOW_STATE);

const toEndpoint = (
  flow: PlannedFlow,
  integration: string,
  { kind, baseUrl, dataFolder }: InstancePlace,
): Endpoint => {
  const stableId = toStableUuid(`flow:${integration}:${flow.definition.stableKey}`);
  const uuid = toStableUuid(ownedBy(kind, `endpoint:${stableId}`));
  const endpoint = toRelayId("InstanceFlowConfig", uuid);
  const apiKeys = readEndpointKeys(flow.definition.endpointSecurity, stableId, dataFolder);
  return { kind, flow, stableId, endpoint, apiKeys, url: `${baseUrl}/trigger/${endpoint}` };
};

const toDeployedFlow = (
  { flow, ...endpoint }: Endpoint,
  shared: Omit<FlowContext, "invokeUrl" | "flow" | "stepId" | "stepName">,
): DeployedFlow => {
  const { name, component, trigger, triggerName } = flow.definition;
  const { kind, stableId, url } = endpoint;
  const id = toRelayId("IntegrationFlow", toStableUuid(`version:${stableId}:${name}`));
  const context: FlowContext = {
    ...shared,
    stepId: toRelayId("IntegrationAction", toStableUuid(`trigger:${stableId}`)),
    stepName: triggerName,
    invokeUrl: url,
    flow: { id, name, stableId },
  };
  const state = {
    instanceState: ownedBy(kind, `${FLOW_STATE}${stableId}`),
    crossFlowState: ownedBy(kind, CROSS_FLOW_STATE),
    integrationState: INTEGRATION_STATE,
  };
  const key = ownedBy(kind, stableId);
  const guest = { key, name, component, trigger, params: flow.params, context, state };
  return { ...endpoint, name, component, trigger, hooks: flow.trigger.hooks, guest };
};

/**
 * Gives every flow its URL and the surroundings that its runs see in one instance. URLs and stable ids
 * follow from the integration's and the flow's names (or the flow's stable key), so they are the same on
 * every start.
 */
export const toDeployedFlows = (
  integration: Integration,
  place: InstancePlace,
): readonly DeployedFlow[] => {
  const { name, configVars } = integration;
  const endpoints = integration.flows.map((flow) => toEndpoint(flow, name, place));
  const byName = <Value>(read: (endpoint: Endpoint) => Value): Record<string, Value> =>
    Object.fromEntries(endpoints.map((entry) => [entry.flow.definition.name, read(entry)]));
  const instanceUuid = toStableUuid(ownedBy(place.kind, `instance:${name}`));
  const integrationId = toRelayId("Integration", toStableUuid(`integration:${name}`));
  const shared = {
    configVars,
    webhookUrls: byName(({ url }) => url),
    webhookApiKeys: byName(({ apiKeys }) => apiKeys),
    customer: CUSTOMER,
    user: USER,
    instance: { id: toRelayId("Instance", instanceUuid), name },
    integration: { id: integrationId, name, versionSequenceId: "1", externalVersion: "" },
  };
  return endpoints.map((endpoint) => toDeployedFlow(endpoint, shared));
};
