import { startLifecycle } from "../support/lifecycle";
import { send } from "../support/requests";

test("a disabled instance runs nothing, has its webhooks deleted, and is as before once enabled", async () => {
  const { runner, recorder } = await startLifecycle({ A: {}, B: {} });
  const url = runner.urlOf("A");
  recorder.calls.length = 0;
  expect((await runner.instance.perform("disable")).summary).toContain("is disabled");
  expect(recorder.names()).toEqual(["webhookDelete A", "webhookDelete B"]);
  const refused = await send(`${url}?report=1`);
  expect(refused.status).toBe(404);
  expect(refused.text).toContain("disabled");
  expect(runner.deliveries.at(-1)).toMatchObject({ flow: "A", status: 404, flowRan: false });
  recorder.calls.length = 0;
  expect((await runner.instance.perform("enable")).summary).toContain("is enabled");
  expect(recorder.names()).toEqual(["webhookCreate A", "webhookCreate B"]);
  expect(recorder.calls[0]?.crossFlowState).toHaveProperty("webhookDelete A", true);
  expect((await send(url)).status).toBe(200);
});

test("whether disabling touches webhooks, and the status, can be switched", async () => {
  const unknowns = { disableDeletesWebhooks: false, disabledStatus: 503 };
  const { runner, recorder } = await startLifecycle({ A: {} }, { unknowns });
  recorder.calls.length = 0;
  await runner.instance.perform("disable");
  expect((await send(runner.urlOf("A"))).status).toBe(503);
  await runner.instance.perform("enable");
  expect(recorder.calls).toEqual([]);
});

test("a failing webhook function neither keeps the instance enabled nor disabled", async () => {
  const flows = { A: { failIn: "webhookDelete" }, B: {} };
  const { runner, recorder } = await startLifecycle(flows);
  recorder.calls.length = 0;
  const report = await runner.instance.perform("disable");
  expect(report.failures).toEqual([expect.stringContaining('Disabling flow "A" failed')]);
  expect(recorder.names()).toEqual(["webhookDelete A", "webhookDelete B"]);
  expect((await send(runner.urlOf("A"))).status).toBe(404);
});

test("a deploy of a disabled instance leaves it disabled and says so", async () => {
  const { runner, recorder } = await startLifecycle({ A: {} });
  await runner.instance.perform("disable");
  recorder.calls.length = 0;
  const { summary } = await runner.instance.perform("deploy");
  expect(recorder.names()).toEqual(["onInstanceDeploy A", "webhookCreate A"]);
  expect(summary).toContain("still disabled: whatever was subscribed now is turned away");
  expect((await send(runner.urlOf("A"))).status).toBe(404);
  await runner.instance.perform("enable");
  expect((await send(runner.urlOf("A"))).status).toBe(200);
});
