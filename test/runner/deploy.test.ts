import { send } from "./support/requests";
import {
  type FlowSketch,
  fixture,
  startTestRunner,
  type TestRunner,
  toDefinition,
  writeYaml,
} from "./support/running";

interface Call {
  readonly hook: string;
  readonly flow: string;
  readonly url: string;
  readonly hadInstanceState: boolean;
  readonly overlapping: boolean;
  readonly suffix: string;
}

const value = (text: string) => ({ type: "value", value: text });
const recording = (inputs: Record<string, string> = {}): FlowSketch => ({
  component: "lifecycle",
  trigger: "recording",
  inputs: Object.fromEntries(Object.entries(inputs).map(([key, text]) => [key, value(text)])),
});

const start = (flows: Record<string, FlowSketch>, options = {}): Promise<TestRunner> =>
  startTestRunner({
    components: [fixture("lifecycle")],
    integration: writeYaml(toDefinition(flows)),
    ...options,
  });

const stateOf = async (runner: TestRunner, flow: string) =>
  JSON.parse((await send(runner.urlOf(flow))).text);

test("every onInstanceDeploy runs before any webhook is created, one at a time", async () => {
  const runner = await start({ A: recording(), B: recording({ suffix: "y" }) });
  const calls: Call[] = (await stateOf(runner, "A")).crossFlowState.calls;
  expect(calls.map(({ hook, flow }) => `${hook} ${flow}`)).toEqual([
    "onInstanceDeploy A",
    "onInstanceDeploy B",
    "webhookCreate A",
    "webhookCreate B",
  ]);
  expect(calls.some(({ overlapping }) => overlapping)).toBe(false);
});

test("lifecycle functions see the flow's URL under its name, and cleaned params", async () => {
  const runner = await start({ A: recording(), B: recording({ suffix: "y" }) });
  const calls: Call[] = (await stateOf(runner, "A")).crossFlowState.calls;
  for (const { flow, url, suffix } of calls) {
    expect(url).toBe(runner.urlOf(flow));
    expect(suffix).toBe(flow === "A" ? "x!" : "y!");
  }
});

test("what they keep is shared state; a flow's own state is lost, as the platform warns", async () => {
  const runner = await start({ A: recording() });
  const { crossFlowState, instanceState } = await stateOf(runner, "A");
  expect(instanceState).toEqual({});
  expect(crossFlowState).toMatchObject({ "onInstanceDeploy A": true, "webhookCreate A": true });
  expect(crossFlowState.calls.every((call: Call) => !call.hadInstanceState)).toBe(true);
});

test("onInstanceDeploy keeps a flow's own state where that is switched on", async () => {
  const runner = await start(
    { A: recording() },
    { unknowns: { deployHookSavesInstanceState: true } },
  );
  expect((await stateOf(runner, "A")).instanceState).toEqual({
    onInstanceDeploy: "written",
    "returned by onInstanceDeploy": true,
  });
});

test("a provider that calls back while its webhook is created is answered", async () => {
  const runner = await start({ A: recording({ pingIn: "webhookCreate" }) });
  expect((await stateOf(runner, "A")).crossFlowState.pingStatus).toBe(200);
});

test.each([
  ["onInstanceDeploy", "onInstanceDeploy"],
  ["webhookCreate", "webhookLifecycleHandlers.create"],
])("a deploy that fails in %s is refused, naming the flow and the function", async (hook, name) => {
  await expect(start({ A: recording({ failIn: hook }) })).rejects.toMatchObject({
    code: "DEPLOY_FAILED",
    message: expect.stringContaining(
      `Deploying flow "A" failed in ${name} of trigger "recording": refused by ${hook}`,
    ),
  });
});

test("a failing webhook creation is only a note where that is switched on", async () => {
  const flows = { A: recording({ failIn: "webhookCreate" }), B: recording() };
  const runner = await start(flows, { unknowns: { createErrorBlocksDeploy: false } });
  expect(runner.deployed.failures.join("\n")).toContain("refused by webhookCreate");
  const calls: Call[] = (await stateOf(runner, "B")).crossFlowState.calls;
  expect(calls.map(({ hook, flow }) => `${hook} ${flow}`)).toContain("webhookCreate B");
});

test.each(["hangIn", "loopIn"])("a lifecycle function may take only so long: %s", async (input) => {
  const flows = { A: recording({ [input]: "onInstanceDeploy" }) };
  await expect(start(flows, { limits: { lifecycleMilliseconds: 2_000 } })).rejects.toMatchObject({
    message: expect.stringContaining("it did not finish within 2 seconds"),
  });
});

test("nothing is deleted when the runner stops, and the next start deploys again", async () => {
  const runner = await start({ A: recording() });
  const { dataFolder } = runner.options;
  await runner.close();
  const again = await start({ A: recording() }, { dataFolder });
  const { calls } = (await stateOf(again, "A")).crossFlowState;
  expect(calls.map(({ hook }: Call) => hook)).toEqual([
    "onInstanceDeploy",
    "webhookCreate",
    "onInstanceDeploy",
    "webhookCreate",
  ]);
});
