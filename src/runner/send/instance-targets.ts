import { isJsonObject } from "../../http/json-object";
import type { RunningInstance } from "../control/running-instance";
import { type Configuration, toConfigVariables } from "../integration/configuration";
import type { FlowDefinition, IntegrationDefinition } from "../integration/definition";
import { evaluate } from "../integration/expression";
import { readIntegrationFiles } from "../integration/open-integration";
import { type SendTarget, toSendTarget } from "./send-target";

type Inputs = Readonly<Record<string, unknown>>;
type RunningFlow = RunningInstance["flows"][number];
type ReadInputs = (flow: RunningFlow) => Inputs;

const readDefined = (
  { flows, variables }: IntegrationDefinition,
  configuration: Configuration,
): ReadInputs => {
  const { read } = toConfigVariables(variables, configuration, []);
  const toInputs = ({ name, inputs }: FlowDefinition): Inputs =>
    Object.fromEntries(
      Object.entries(inputs).map(([key, expression]) => [
        key,
        evaluate(expression, `Input "${key}" of flow "${name}"`, read),
      ]),
    );
  return (flow) => {
    const definition = flows.find(({ name }) => name === flow.name);
    return definition ? toInputs(definition) : {};
  };
};

/** Without an integration, inputs are given under `<trigger key>.<input key>`; of connections only the fields matter here. */
const readGiven =
  ({ given }: Configuration): ReadInputs =>
  ({ trigger }) =>
    Object.fromEntries(
      Object.entries(given)
        .filter(([key]) => key.startsWith(`${trigger}.`))
        .map(([key, value]) => [
          key.slice(trigger.length + 1),
          isJsonObject(value) ? { fields: value } : value,
        ]),
    );

/** The flows of a running instance with the inputs that its files give them: secrets are read from there, not from the runner. */
export const readInstanceTargets = ({
  integration,
  configuration,
  flows,
}: RunningInstance): readonly SendTarget[] => {
  const files = readIntegrationFiles(integration ?? undefined, configuration ?? undefined);
  const readInputs = files.definition
    ? readDefined(files.definition, files.configuration)
    : readGiven(files.configuration);
  return flows.map((flow) => {
    const { name, url, trigger } = flow;
    return toSendTarget({ flow: name, url, trigger }, readInputs(flow));
  });
};
