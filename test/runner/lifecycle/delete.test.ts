import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ask, startLifecycle } from "../support/lifecycle";
import { send } from "../support/requests";
import { waitUntil } from "../support/wait-until";

const two = { A: {}, B: { suffix: "y" } };

test("every onInstanceDelete runs before any webhook is deleted, with the URL, inputs and state of the flow", async () => {
  const { runner, recorder } = await startLifecycle(two);
  const urls = { A: runner.urlOf("A"), B: runner.urlOf("B") };
  recorder.calls.length = 0;
  const report = await runner.instance.perform("delete");
  expect(report).toMatchObject({ failures: [], isBlocked: false });
  expect(report.summary).toContain("Test integration is deleted");
  expect(recorder.names()).toEqual([
    "onInstanceDelete A",
    "onInstanceDelete B",
    "webhookDelete A",
    "webhookDelete B",
  ]);
  for (const { flow, url, suffix, crossFlowState, scopes } of recorder.calls) {
    expect(url).toBe(urls[flow as "A" | "B"]);
    expect(suffix).toBe(flow === "A" ? "x!" : "y!");
    expect(crossFlowState).toHaveProperty([`webhookCreate ${flow}`], true);
    expect(scopes).toContain("instanceState");
  }
});

test("a deleted instance answers 404 and keeps nothing but what all instances share", async () => {
  const { runner } = await startLifecycle(two);
  const url = runner.urlOf("A");
  await send(`${url}?keep=this`);
  await runner.instance.perform("delete");
  const reply = await send(url);
  expect(reply.status).toBe(404);
  expect(reply.text).toContain("deleted");
  await runner.close();
  const saved = JSON.parse(readFileSync(join(runner.options.dataFolder, "state.json"), "utf8"));
  expect(saved).toEqual({ integration: { kept: "this" } });
});

test("a deploy after it makes the instance anew, at the same URLs and without its state", async () => {
  const { runner, recorder } = await startLifecycle(two);
  const url = runner.urlOf("A");
  await send(`${url}?keep=this`);
  await runner.instance.perform("delete");
  recorder.calls.length = 0;
  await runner.instance.perform("deploy");
  expect(recorder.names()[0]).toBe("onInstanceDeploy A");
  expect(recorder.calls[0]?.crossFlowState).toEqual({});
  expect((await ask(url)).instanceState).toEqual({});
});

test.each(["onInstanceDelete", "webhookDelete"])(
  "a failing %s keeps the instance, and nothing after it runs",
  async (hook) => {
    const { runner, recorder } = await startLifecycle({ A: { failIn: hook }, B: {} });
    recorder.calls.length = 0;
    const report = await runner.instance.perform("delete");
    expect(report).toMatchObject({ isBlocked: true, summary: "Test integration was not deleted." });
    expect(report.failures).toEqual([expect.stringContaining(`refused by ${hook}`)]);
    expect(recorder.names().at(-1)).toBe(`${hook} A`);
    expect(report.notes.join()).toBe(
      hook === "onInstanceDelete"
        ? ""
        : 'What ran before the failure is not taken back: onInstanceDelete of "A", onInstanceDelete of "B". Repeat the command once the cause is put right.',
    );
    expect((await ask(runner.urlOf("A"))).crossFlowState).toHaveProperty("webhookCreate A");
  },
);

test("failing delete functions are only reported where that is switched on", async () => {
  const flows = { A: { failIn: "onInstanceDelete" }, B: { failIn: "webhookDelete" } };
  const unknowns = { deleteErrorBlocksDelete: false, deletedStatus: 410 };
  const { runner, recorder } = await startLifecycle(flows, { unknowns });
  recorder.calls.length = 0;
  const report = await runner.instance.perform("delete");
  expect(recorder.names()).toHaveLength(4);
  expect(report.failures).toEqual([
    'Deleting flow "A" failed in onInstanceDelete of trigger "recording": refused by onInstanceDelete',
    'Deleting flow "B" failed in webhookLifecycleHandlers.delete of trigger "recording": refused by webhookDelete',
  ]);
  expect((await send(runner.urlOf("A"))).status).toBe(410);
});

test("a request that is underway is finished, and what it would keep is gone too", async () => {
  const { runner, recorder } = await startLifecycle({ A: {} });
  let release: (value?: unknown) => void = () => undefined;
  recorder.onCall = ({ hook }) =>
    hook === "perform" ? new Promise((resolve) => (release = resolve)) : Promise.resolve();
  const underway = send(`${runner.urlOf("A")}?report=1&keep=late`);
  await waitUntil(() => recorder.names().includes("perform A"));
  const deleted = runner.instance.perform("delete");
  await waitUntil(() => runner.logs.some(({ text }) => text === "in webhookDelete"));
  while ((await send(runner.urlOf("A"))).status !== 404);
  release();
  expect((await underway).status).toBe(200);
  await deleted;
  await runner.instance.perform("deploy");
  expect((await ask(runner.urlOf("A"))).crossFlowState).not.toHaveProperty("kept");
});

test.each(["delete", "enable", "disable"] as const)(
  "%s of a deleted instance is refused",
  async (operation) => {
    const { runner } = await startLifecycle({ A: {} });
    await runner.instance.perform("delete");
    await expect(runner.instance.perform(operation)).rejects.toMatchObject({
      code: "INPUT_INVALID",
      message: expect.stringContaining("hookline deploy"),
    });
  },
);
