import type { Runner } from "../start-runner";
import type { Colours } from "./colours";
import { toReportLines } from "./lifecycle-lines";

/** What a person wants to know once a runner has started. */
export const toStartLines = (runner: Runner, colours: Colours): readonly string[] => {
  const summary = `${runner.integration} is deployed at ${runner.url}`;
  const keyed = runner.flows().filter(({ apiKeys }) => apiKeys.length > 0);
  return [
    ...toReportLines({ ...runner.deployed, summary }, colours),
    ...keyed.map(({ name, apiKeys }) => `  ${name} wants the header Api-Key: ${apiKeys[0]}`),
    colours.faint("Stop with Ctrl-C."),
  ];
};

/** What a listening runner leaves behind when it stops. */
export const toStopLines = ({ instance }: Runner, colours: Colours): readonly string[] => {
  const { listening, testFlows } = instance.current() ?? { listening: new Set(), testFlows: [] };
  return testFlows
    .filter(({ stableId }) => listening.has(stableId))
    .map(({ name }) =>
      colours.attention(
        `"${name}" was in listening mode, and its test URL stays subscribed: "hookline listen --stop" after the next start unsubscribes it.`,
      ),
    );
};
