import type { Integration } from "../integration/open-integration";
import type { DeployedFlow } from "../platform/deployed-flow";
import type { PlatformUnknowns } from "../platform/unknowns";
import type { ServedFlow } from "../server/admission";

/** An integration's files as they were read last, and what follows from them. */
export interface Loaded {
  readonly integration: Integration;
  readonly flows: readonly DeployedFlow[];
  /** The same flows in the designer's test instance. */
  readonly testFlows: readonly DeployedFlow[];
}

/** How the instance is. A new value takes the place of the old one with every change. */
export interface InstanceState extends Loaded {
  readonly status: "deployed" | "disabled" | "deleted";
  /** Stable ids of the flows that are in listening mode. */
  readonly listening: ReadonlySet<string>;
}

const toClosed = (
  status: InstanceState["status"],
  unknowns: PlatformUnknowns,
): ServedFlow["closed"] => {
  if (status === "deployed") return undefined;
  const code = status === "disabled" ? unknowns.disabledStatus : unknowns.deletedStatus;
  return { status: code, message: `The instance of this flow is ${status}.`, why: status };
};

/** What the server answers for an instance: its own flows, and those that listen. */
export const toServedFlows = (
  { status, flows, testFlows, listening }: InstanceState,
  unknowns: PlatformUnknowns,
): readonly ServedFlow[] => {
  const closed = toClosed(status, unknowns);
  const listeners = testFlows.filter(({ stableId }) => listening.has(stableId));
  return [...flows.map((flow) => ({ flow, closed })), ...listeners.map((flow) => ({ flow }))];
};
