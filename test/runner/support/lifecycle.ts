import { writeFileSync } from "node:fs";
import { stringify } from "yaml";
import type { RunnerOptions } from "../../../src/runner/start-runner";
import { type Recorder, startRecorder } from "./recorder";
import { send } from "./requests";
import {
  type FlowSketch,
  fixture,
  startTestRunner,
  type TestRunner,
  toDefinition,
  writeYaml,
} from "./running";

const value = (text: string) => ({ type: "value", value: text });

/** A flow of the fixture `lifecycle`, which reports to a recorder. */
export const recording = (
  recorder: Recorder,
  inputs: Record<string, string> = {},
  stableKey?: string,
): FlowSketch => ({
  component: "lifecycle",
  trigger: "recording",
  inputs: Object.fromEntries(
    Object.entries({ reportTo: recorder.url, ...inputs }).map(([key, text]) => [key, value(text)]),
  ),
  extra: stableKey === undefined ? {} : { stableKey },
});

export interface Lifecycle {
  readonly runner: TestRunner;
  readonly recorder: Recorder;
  /** Writes the integration's file anew, as a person would before deploying again. */
  readonly rewrite: (
    flows: Record<string, Record<string, string> & { stableKey?: string }>,
    extra?: Record<string, unknown>,
  ) => void;
}

const sketch = (
  recorder: Recorder,
  flows: Record<string, Record<string, string> & { stableKey?: string }>,
): Record<string, FlowSketch> =>
  Object.fromEntries(
    Object.entries(flows).map(([name, { stableKey, ...inputs }]) => [
      name,
      recording(recorder, inputs, stableKey),
    ]),
  );

let open: TestRunner[] = [];
afterEach(async () => {
  await Promise.all(open.map(({ close }) => close()));
  open = [];
});

/** A runner for one test, with flows of the fixture `lifecycle`, by their inputs. */
export const startLifecycle = async (
  flows: Parameters<Lifecycle["rewrite"]>[0],
  options: Partial<RunnerOptions> = {},
  extra: Record<string, unknown> = {},
): Promise<Lifecycle> => {
  const recorder = await startRecorder();
  const integration = writeYaml(toDefinition(sketch(recorder, flows), extra));
  const runner = await startTestRunner({
    components: [fixture("lifecycle")],
    integration,
    ...options,
  });
  open.push(runner);
  const rewrite: Lifecycle["rewrite"] = (next, change = extra) =>
    writeFileSync(integration, stringify(toDefinition(sketch(recorder, next), change)));
  return { runner, recorder, rewrite };
};

/** What a flow of the fixture answers: its name, an input, and its state. */
export const ask = async (url: string) => JSON.parse((await send(url)).text);
