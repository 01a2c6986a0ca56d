import { HooklineError } from "../../errors";
import type { ComponentDescription } from "../isolation/component-description";
import {
  type Configuration,
  type ConfigVariables,
  readConfiguration,
  toConfigVariables,
} from "./configuration";
import { toDefaultIntegration } from "./default-integration";
import {
  type FlowDefinition,
  type IntegrationDefinition,
  toIntegrationDefinition,
} from "./definition";
import { readDocument } from "./document";
import type { OfferedConnection } from "./offered-connection";
import { describeUnknownInputs, type PlannedFlow, planFlow } from "./plan-flows";

/** An integration together with what one instance of it was configured with. */
export interface Integration {
  readonly name: string;
  readonly flows: readonly PlannedFlow[];
  readonly configVars: Readonly<Record<string, unknown>>;
  /** What a person should know before relying on it. */
  readonly notes: readonly string[];
}

/** The files of an integration, read before any component is loaded. */
export interface IntegrationFiles {
  readonly definition: IntegrationDefinition | undefined;
  readonly configuration: Configuration;
}

/** @throws HooklineError INTEGRATION_INVALID or CONFIGURATION_INVALID */
export const readIntegrationFiles = (
  integrationFile: string | undefined,
  configurationFile: string | undefined,
): IntegrationFiles => ({
  definition:
    integrationFile === undefined
      ? undefined
      : toIntegrationDefinition(
          readDocument(integrationFile, "INTEGRATION_INVALID"),
          integrationFile,
        ),
  configuration: readConfiguration(configurationFile, integrationFile),
});

const describeFlow = (flow: PlannedFlow): string[] => {
  const { name, isSynchronous } = flow.definition;
  return [
    ...(isSynchronous ? [`Flow "${name}" is synchronous; here its trigger alone answers.`] : []),
    ...describeUnknownInputs(flow),
  ];
};

const describeSteps = (flows: readonly PlannedFlow[]): string[] => {
  const count = flows.reduce((sum, { definition }) => sum + definition.stepCount, 0);
  return count === 0
    ? []
    : [`Steps behind triggers (${count}) are not run yet: each flow ends after its trigger.`];
};

const isScheduled = (flow: FlowDefinition, components: readonly ComponentDescription[]): boolean =>
  components
    .find(({ key }) => key === flow.component)
    ?.triggers.find(({ key }) => key === flow.trigger)?.isScheduled === true;

/** Why a flow is left out although its definition is right; nothing for one that can be served. */
const findObstacle = (
  flow: FlowDefinition,
  components: readonly ComponentDescription[],
): string | undefined => {
  if (isScheduled(flow, components)) return "its trigger runs on a schedule";
  const isLoaded = components.some(({ key }) => key === flow.component);
  return flow.isPublic && !isLoaded
    ? `its trigger is of "${flow.component}", a component of Prismatic's own that is not on this machine`
    : undefined;
};

const planDefined = (
  definition: IntegrationDefinition,
  components: readonly ComponentDescription[],
  variables: ConfigVariables,
): Pick<Integration, "flows" | "notes"> => {
  const obstacles = definition.flows.map((flow) => findObstacle(flow, components));
  const flows = definition.flows
    .filter((_flow, index) => obstacles[index] === undefined)
    .map((flow) => planFlow(flow, components, variables));
  const notes = definition.flows.flatMap(({ name }, index) =>
    obstacles[index] === undefined ? [] : [`Flow "${name}" is not served: ${obstacles[index]}.`],
  );
  return { flows, notes: [...notes, ...flows.flatMap(describeFlow), ...describeSteps(flows)] };
};

/** Without a definition, a trigger that still needs something is left out instead of stopping everything. */
const planAvailable = (
  definition: IntegrationDefinition,
  components: readonly ComponentDescription[],
  variables: ConfigVariables,
): Pick<Integration, "flows" | "notes"> => {
  const flows: PlannedFlow[] = [];
  const notes: string[] = [];
  for (const flow of definition.flows) {
    try {
      flows.push(planFlow(flow, components, variables));
    } catch (error) {
      if (!(error instanceof HooklineError)) throw error;
      notes.push(`"${flow.name}" is not served. ${error.message}`);
    }
  }
  return { flows, notes };
};

/** @throws HooklineError INTEGRATION_INVALID or CONFIGURATION_INVALID, also when nothing is left to serve. */
export const openIntegration = (
  files: IntegrationFiles,
  components: readonly ComponentDescription[],
  offered?: OfferedConnection,
): Integration => {
  const configuration = { ...files.configuration, offered };
  const definition = files.definition ?? toDefaultIntegration(components, configuration);
  const variables = toConfigVariables(definition.variables, configuration, components);
  const plan = files.definition ? planDefined : planAvailable;
  const { flows, notes } = plan(definition, components, variables);
  if (flows.length === 0) {
    throw new HooklineError(
      "INTEGRATION_INVALID",
      ["There is no flow to serve.", ...notes].join("\n  "),
    );
  }
  return { name: definition.name, flows, configVars: variables.all, notes };
};
