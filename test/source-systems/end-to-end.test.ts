import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse, stringify } from "yaml";
import { heartwork } from "../../src/stand-ins/heartwork";
import { kinetic } from "../../src/stand-ins/kinetic";
import type { StandIn } from "../../src/stand-ins/stand-in";
import { type RunningStandIn, startStandIn } from "../../src/stand-ins/start-stand-in";
import { umbraco } from "../../src/stand-ins/umbraco";
import { createFolder, startTestRunner, type TestRunner } from "../runner/support/running";
import { waitUntil } from "../runner/support/wait-until";
import { ensureBuilt, projectRoot } from "../support/built";

/** The example as it is published, on this machine: only the addresses of the systems are its own. */
const EXAMPLE = join(projectRoot, "examples", "managed-webhooks.yml");

const systems = {
  Orders: { standIn: heartwork, variable: "Heart.work", event: "CreateSalesOrder" },
  Content: { standIn: umbraco, variable: "Umbraco CMS", event: "Umbraco.ContentPublish" },
  Submissions: { standIn: kinetic, variable: "Kinetic Platform", event: "Submission Submitted" },
} as const;
type Flow = keyof typeof systems;
const flows = Object.keys(systems) as Flow[];

interface Step {
  readonly isTrigger?: boolean;
  action: { readonly component: { readonly key: string } };
  inputs: Record<string, { value: unknown }>;
}
interface Example {
  flows: { name: string; stableKey?: string; steps: Step[] }[];
}

let runner: TestRunner;
let file: string;
const running: Partial<Record<Flow, RunningStandIn>> = {};
const at = (flow: Flow): RunningStandIn => running[flow] as RunningStandIn;

const start = (standIn: StandIn): Promise<RunningStandIn> =>
  startStandIn(standIn, { port: 0, retryPauseMilliseconds: 20 });

/** The scheduled flow belongs to a component of the platform's own, which is not on this machine. */
const readExample = (): Example => {
  const document: Example = parse(readFileSync(EXAMPLE, "utf8"));
  document.flows = document.flows
    .filter(({ steps }) => steps[0]?.action.component.key === "hookline")
    .map((flow) => ({ ...flow, stableKey: flow.stableKey ?? `stable ${flow.name}` }));
  return document;
};

const write = (document: Example): void => writeFileSync(file, stringify(document));

const inputsOf = (document: Example, flow: Flow): Step["inputs"] => {
  const found = document.flows.find(({ name }) => name === flow);
  return found?.steps[0]?.inputs ?? {};
};

beforeAll(async () => {
  for (const flow of flows) running[flow] = await start(systems[flow].standIn);
  file = join(createFolder(), "integration.yml");
  write(readExample());
  writeFileSync(
    join(dirname(file), "integration.config.yml"),
    stringify(
      Object.fromEntries(flows.map((flow) => [systems[flow].variable, at(flow).connection])),
    ),
  );
  runner = await startTestRunner({
    components: [dirname(await ensureBuilt("component"))],
    integration: file,
  });
}, 180_000);
afterAll(() => Promise.all(flows.map((flow) => running[flow]?.close())));

const summary = (flow: Flow) =>
  at(flow)
    .subscriptions()
    .map(({ id, events, enabled }) => ({ id, events, enabled }));

const deliver = async (flow: Flow): Promise<string> => {
  const before = at(flow).reports().length;
  await at(flow).fire(systems[flow].event);
  await waitUntil(() => {
    const reports = at(flow).reports().slice(before);
    return reports.length > 0 && reports.every(({ outcome }) => outcome !== "underway");
  });
  return at(flow)
    .reports()
    .slice(before)
    .map(({ outcome }) => outcome)
    .join();
};

describe.each(flows)("the flow %s, through the built bundle and the runner", (flow) => {
  it("was subscribed by the deploy", () => {
    expect(runner.deployed.failures).toEqual([]);
    expect(summary(flow).length).toBeGreaterThan(0);
    const urls = at(flow)
      .subscriptions()
      .map(({ endpointUrl }) => endpointUrl);
    for (const url of urls) expect(url.startsWith(`${runner.urlOf(flow)}?`)).toBe(true);
  });

  it("gets a verified delivery over real HTTP", async () => {
    expect(await deliver(flow)).toBe("delivered");
    const last = runner.deliveries.filter((delivery) => delivery.flow === flow).at(-1);
    expect(last).toMatchObject({
      delivery: { verified: true, type: systems[flow].event },
      branch: "Notification",
    });
  });

  it("keeps what it has when it is deployed again", async () => {
    const before = summary(flow);
    const report = await runner.instance.perform("deploy");
    expect(report.failures).toEqual([]);
    expect(summary(flow)).toEqual(before);
    expect(await deliver(flow)).toBe("delivered");
  });

  it("keeps it under another name", async () => {
    const before = summary(flow);
    const document = readExample();
    for (const entry of document.flows) if (entry.name === flow) entry.name = `${flow}, renamed`;
    write(document);
    expect((await runner.instance.perform("deploy")).failures).toEqual([]);
    expect(summary(flow)).toEqual(before);
    write(readExample());
    await runner.instance.perform("deploy");
  });
});

it("subscribes the test URLs in listening mode beside the deployed ones, and takes only them back", async () => {
  const before = flows.map(summary);
  expect((await runner.instance.perform("listen")).failures).toEqual([]);
  flows.forEach((flow, index) => {
    const listening = summary(flow);
    expect(listening).toHaveLength(2 * (before[index]?.length ?? 0));
    expect(listening).toEqual(expect.arrayContaining([...(before[index] ?? [])]));
  });
  expect((await runner.instance.perform("stop-listening")).failures).toEqual([]);
  expect(flows.map(summary)).toEqual(before);
});

it("follows changed inputs at every system", async () => {
  const document = readExample();
  const value = (items: readonly string[]) => ({
    type: "complex",
    value: items.map((item) => ({ type: "value", value: item })),
  });
  Object.assign(inputsOf(document, "Orders"), { topics: value(["CreateSalesOrder"]) });
  Object.assign(inputsOf(document, "Content"), { events: value(["Umbraco.ContentDelete"]) });
  Object.assign(inputsOf(document, "Submissions"), {
    events: value(["Submission Created", "Form Updated"]),
  });
  write(document);
  expect((await runner.instance.perform("deploy")).failures).toEqual([]);
  const events = (flow: Flow) =>
    summary(flow)
      .flatMap((entry) => entry.events)
      .sort();
  expect(events("Orders")).toEqual(["CreateSalesOrder"]);
  expect(events("Content")).toEqual(["Umbraco.ContentDelete"]);
  expect(events("Submissions")).toEqual(["Form Updated", "Submission Created"]);
});

it("tells no secret in anything that it logs", () => {
  const said = runner.logs.map(({ text }) => text).join("\n");
  expect(said).toMatch(/Created subscription/);
  for (const flow of flows)
    for (const { secret } of at(flow).subscriptions())
      if (secret !== undefined) expect(said).not.toContain(secret);
});

it("leaves nothing behind when the instance is deleted", async () => {
  const report = await runner.instance.perform("delete");
  expect(report.failures).toEqual([]);
  expect(flows.flatMap(summary)).toEqual([]);
});
