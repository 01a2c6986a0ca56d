import type { RunningInstance } from "../control/running-instance";
import { toConfigVariables } from "../integration/configuration";
import { evaluate } from "../integration/expression";
import { readIntegrationFiles } from "../integration/open-integration";
import { type SendTarget, toSendTarget } from "./send-target";

/** The flows of a running instance with the inputs that its files give them: secrets are read from there, not from the runner. */
export const readInstanceTargets = ({
  integration,
  configuration,
  flows,
}: RunningInstance): readonly SendTarget[] => {
  const files = readIntegrationFiles(integration ?? undefined, configuration ?? undefined);
  const definitions = files.definition?.flows ?? [];
  const variables = toConfigVariables(files.definition?.variables ?? [], files.configuration, []);
  return flows.map(({ name, url }) => {
    const { inputs = {}, trigger = null } = definitions.find((flow) => flow.name === name) ?? {};
    const values = Object.entries(inputs).map(([key, expression]) => [
      key,
      evaluate(expression, `Input "${key}" of flow "${name}"`, variables.read),
    ]);
    return toSendTarget({ flow: name, url, trigger }, Object.fromEntries(values));
  });
};
