import { ask, startLifecycle } from "../support/lifecycle";
import { send } from "../support/requests";

test("listening subscribes the test URL of the test instance, which has a state of its own", async () => {
  const { runner, recorder } = await startLifecycle({ A: {} });
  const deployed = recorder.calls[0]!;
  await send(`${deployed.url}?keep=production`);
  recorder.calls.length = 0;
  const report = await runner.instance.perform("listen");
  expect(recorder.names()).toEqual(["webhookCreate A"]);
  const [listening] = recorder.calls;
  expect(report.flows).toEqual([{ name: "A", url: listening?.url }]);
  expect(listening).toMatchObject({ stableId: deployed.stableId, crossFlowState: {} });
  expect(listening?.url).not.toBe(deployed.url);
  expect(listening?.instance).not.toBe(deployed.instance);
  const answer = await ask(`${listening?.url}?keep=test`);
  expect(answer).toMatchObject({
    flow: "A",
    integrationState: { kept: "production" },
    instanceState: {},
  });
  expect(answer.crossFlowState).not.toHaveProperty("kept");
  expect(runner.deliveries.at(-1)?.flow).toBe("A (listening)");
  expect((await ask(deployed.url)).crossFlowState.kept).toBe("production");
});

test("a test URL answers only as long as its flow listens", async () => {
  const { runner, recorder } = await startLifecycle({ A: {} });
  const [flow] = (await runner.instance.perform("listen")).flows;
  recorder.calls.length = 0;
  const report = await runner.instance.perform("stop-listening");
  expect(report.flows).toEqual([flow]);
  expect(recorder.names()).toEqual(["webhookDelete A"]);
  expect(recorder.calls[0]).toMatchObject({
    url: flow?.url,
    crossFlowState: { "webhookCreate A": true },
  });
  expect((await send(flow!.url)).status).toBe(404);
  expect((await send(runner.urlOf("A"))).status).toBe(200);
});

test("one flow can listen alone, also through a redeploy under another name", async () => {
  const { runner, recorder, rewrite } = await startLifecycle({ A: { stableKey: "a" }, B: {} });
  recorder.calls.length = 0;
  const [flow] = (await runner.instance.perform("listen", "A")).flows;
  expect(recorder.names()).toEqual(["webhookCreate A"]);
  rewrite({ A2: { stableKey: "a" }, B: {} });
  await runner.instance.perform("deploy");
  expect((await ask(flow!.url)).flow).toBe("A2");
  await expect(runner.instance.perform("listen", "C")).rejects.toMatchObject({
    code: "INPUT_INVALID",
    message: 'No flow is called "C". There are "A2", "B".',
  });
});

test("a flow whose webhook cannot be created listens all the same, for whoever sets it up by hand", async () => {
  const unknowns = { createErrorBlocksDeploy: false };
  const { runner } = await startLifecycle({ A: { failIn: "webhookCreate" }, B: {} }, { unknowns });
  const { flows, failures } = await runner.instance.perform("listen");
  expect(failures).toEqual([
    'Entering listening mode for flow "A" failed in webhookLifecycleHandlers.create of trigger "recording": refused by webhookCreate',
  ]);
  expect((await send(flows[0]!.url)).status).toBe(200);
});

test("a disabled or deleted instance can listen", async () => {
  const { runner } = await startLifecycle({ A: {} });
  await runner.instance.perform("disable");
  const [flow] = (await runner.instance.perform("listen")).flows;
  expect((await send(flow!.url)).status).toBe(200);
  await runner.instance.perform("delete");
  expect((await send(flow!.url)).status).toBe(200);
  expect((await send(runner.urlOf("A"))).status).toBe(404);
});
