import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import type { DeliveryReport } from "../../../src/runner/delivery-report";
import type { LogLine } from "../../../src/runner/isolation/messages";
import { type Runner, type RunnerOptions, startRunner } from "../../../src/runner/start-runner";
import { compileProgram } from "./compiled-program";

export const fixture = (name: string): string => join(__dirname, "../fixtures", name);

/** A flow of a definition, shortened: name → trigger of a component, with inputs and anything else. */
export interface FlowSketch {
  readonly component?: string;
  readonly trigger: string;
  readonly inputs?: Record<string, unknown>;
  readonly extra?: Record<string, unknown>;
  /** Whether the component is one of Prismatic's own. */
  readonly isPublic?: boolean;
}

export const toFlow = (
  name: string,
  { component = "behaviours", trigger, inputs = {}, extra = {}, isPublic = false }: FlowSketch,
) => ({
  name,
  endpointSecurityType: "customer_optional",
  steps: [
    {
      name: `${name} trigger`,
      isTrigger: true,
      action: { key: trigger, component: { key: component, version: "LATEST", isPublic } },
      inputs,
    },
  ],
  ...extra,
});

export const toDefinition = (
  flows: Record<string, FlowSketch>,
  extra: Record<string, unknown> = {},
): object => ({
  definitionVersion: 7,
  name: "Test integration",
  flows: Object.entries(flows).map(([name, flow]) => toFlow(name, flow)),
  ...extra,
});

/** A folder of its own that is gone after the tests of the file. */
export const createFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "hookline-"));
  folders.push(folder);
  return folder;
};
/** Components start in processes of their own, which takes seconds on a busy machine. */
jest.setTimeout(60_000);

const folders: string[] = [];
const runners: Runner[] = [];

afterAll(async () => {
  await Promise.all(runners.map((runner) => runner.close()));
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

export const writeYaml = (document: object, name = "integration.yml"): string => {
  const file = join(createFolder(), name);
  writeFileSync(file, stringify(document));
  return file;
};

export interface TestRunner extends Runner {
  readonly deliveries: DeliveryReport[];
  readonly logs: LogLine[];
  readonly urlOf: (flow: string) => string;
  readonly options: RunnerOptions;
}

/** A real runner on a free port, with a component process of its own. */
export const startTestRunner = async (
  options: Partial<RunnerOptions> = {},
): Promise<TestRunner> => {
  const deliveries: DeliveryReport[] = [];
  const logs: LogLine[] = [];
  const complete: RunnerOptions = {
    program: compileProgram(),
    components: [fixture("behaviours")],
    port: 0,
    dataFolder: createFolder(),
    onDelivery: (report) => deliveries.push(report),
    onLog: (line) => logs.push(line),
    ...options,
  };
  const runner = await startRunner(complete);
  runners.push(runner);
  const urlOf = (name: string): string => {
    const flow = runner.flows().find((candidate) => candidate.name === name);
    if (!flow) throw new Error(`No flow called ${name}.`);
    return flow.url;
  };
  return { ...runner, deliveries, logs, urlOf, options: complete };
};
