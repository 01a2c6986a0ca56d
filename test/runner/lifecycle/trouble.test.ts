import { startLifecycle } from "../support/lifecycle";
import { send } from "../support/requests";
import { waitUntil } from "../support/wait-until";

const goOn = { unknowns: { createErrorBlocksDeploy: false } };

test("a lifecycle function that is stuck costs only itself: the next one gets a new process", async () => {
  const { runner, recorder } = await startLifecycle(
    { A: { loopIn: "webhookCreate" }, B: { hangIn: "webhookCreate" }, C: {} },
    { ...goOn, limits: { lifecycleMilliseconds: 1_500 } },
  );
  expect(runner.deployed.failures).toEqual([
    'Deploying flow "A" failed in webhookLifecycleHandlers.create of trigger "recording": it did not finish within 1.5 seconds',
    'Deploying flow "B" failed in webhookLifecycleHandlers.create of trigger "recording": it did not finish within 1.5 seconds',
  ]);
  expect(recorder.names().at(-1)).toBe("webhookCreate C");
  expect((await send(runner.urlOf("C"))).status).toBe(200);
});

test("a lifecycle function that ends the process costs only itself", async () => {
  const flows = { A: { exitIn: "webhookCreate" }, B: {} };
  const { runner, recorder } = await startLifecycle(flows, goOn);
  expect(runner.deployed.failures).toEqual([expect.stringContaining("process.exit(9)")]);
  expect(recorder.names().at(-1)).toBe("webhookCreate B");
  expect((await send(runner.urlOf("B"))).status).toBe(200);
});

test("what takes long says that it is still running", async () => {
  const limits = { progressMilliseconds: 20 };
  const { runner, recorder } = await startLifecycle({ A: {} }, { limits });
  const says = (text: string) => runner.logs.filter((line) => line.text.startsWith(text)).length;
  recorder.onCall = () =>
    waitUntil(() => says("webhookLifecycleHandlers.delete is still running, for 0 s") > 1);
  await runner.instance.perform("disable");
  expect(runner.logs).toContainEqual({
    level: "info",
    flow: "A",
    text: "Running webhookLifecycleHandlers.delete",
  });
});

test("a runner that stops does not wait for a lifecycle function", async () => {
  const { runner, recorder } = await startLifecycle({ A: {}, B: {} });
  recorder.onCall = () => new Promise(() => undefined);
  recorder.calls.length = 0;
  const deployed = runner.instance.perform("disable");
  await waitUntil(() => recorder.calls.length > 0);
  await runner.close();
  const { failures } = await deployed;
  expect(failures).toHaveLength(2);
  expect(failures.join()).toContain("the runner is stopping");
});
