import { writeFileSync } from "node:fs";
import { ask, startLifecycle } from "../support/lifecycle";
import { send } from "../support/requests";
import { writeYaml } from "../support/running";
import { waitUntil } from "../support/wait-until";

test("changed inputs and a renamed flow are seen, its URL and all state are kept", async () => {
  const { runner, recorder, rewrite } = await startLifecycle({ Old: { stableKey: "orders" } });
  const url = runner.urlOf("Old");
  const { stableId } = recorder.calls[0]!;
  await send(`${url}?keep=this`);
  rewrite({ New: { stableKey: "orders", suffix: "z" } });
  recorder.calls.length = 0;
  const report = await runner.instance.perform("deploy");
  expect(report.flows).toEqual([{ name: "New", url }]);
  expect(recorder.names()).toEqual(["onInstanceDeploy New", "webhookCreate New"]);
  for (const call of recorder.calls) expect(call).toMatchObject({ stableId, url, suffix: "z!" });
  expect(await ask(url)).toMatchObject({
    flow: "New",
    suffix: "z!",
    crossFlowState: { kept: "this", "webhookCreate Old": true, "webhookCreate New": true },
    instanceState: { kept: "this" },
  });
});

test("a changed config variable is seen", async () => {
  const configuration = writeYaml({ Topic: "orders" }, "values.yml");
  const extra = { requiredConfigVars: [{ key: "Topic", dataType: "string" }] };
  const { runner, recorder } = await startLifecycle({ A: {} }, { configuration }, extra);
  writeFileSync(configuration, "Topic: invoices\n");
  await runner.instance.perform("deploy");
  expect(recorder.calls.map(({ configVars }) => configVars.Topic)).toEqual([
    "orders",
    "orders",
    "invoices",
    "invoices",
  ]);
});

test("what arrives while the instance is deployed again is answered, each by its own flow", async () => {
  const { runner, recorder, rewrite } = await startLifecycle({ A: {}, B: { stableKey: "B" } });
  const urlA = runner.urlOf("A");
  const urlB = runner.urlOf("B");
  let isOver = false;
  const answers: { url: string; status: number; flow: string }[] = [];
  const sendOn = async (url: string): Promise<void> => {
    while (!isOver) {
      const { status, text } = await send(url);
      answers.push({ url, status, flow: JSON.parse(text).flow });
    }
  };
  const senders = [urlA, urlB, urlA, urlB].map(sendOn);
  const isAnsweredBy = (name: string) => answers.some(({ flow }) => flow === name);
  await waitUntil(() => isAnsweredBy("B"));
  for (const name of ["B2", "B3", "B4"]) {
    rewrite({ First: {}, [name]: { stableKey: "B" }, A: {} });
    await runner.instance.perform("deploy");
    await waitUntil(() => isAnsweredBy(name));
  }
  isOver = true;
  await Promise.all(senders);
  expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  expect(new Set(answers.filter(({ url }) => url === urlA).map(({ flow }) => flow))).toEqual(
    new Set(["A"]),
  );
  expect(new Set(answers.filter(({ url }) => url === urlB).map(({ flow }) => flow))).toEqual(
    new Set(["B", "B2", "B3", "B4"]),
  );
  expect(recorder.names().filter((name) => name.startsWith("webhookCreate B"))).toHaveLength(4);
});

test("a provider that calls back while its webhook is created again is answered", async () => {
  const { runner, recorder } = await startLifecycle({ A: {} });
  const statuses: number[] = [];
  recorder.onCall = async ({ url }) => statuses.push((await send(url)).status);
  await runner.instance.perform("deploy");
  expect(statuses).toEqual([200, 200]);
});

test("a redeploy that fails leaves the flows as they were, or as the files say, by a switch", async () => {
  for (const [failedRedeployServes, suffix] of [
    ["before", "x!"],
    ["after", "new!"],
  ] as const) {
    const unknowns = { failedRedeployServes };
    const { runner, recorder, rewrite } = await startLifecycle({ A: {}, B: {} }, { unknowns });
    rewrite({ A: { suffix: "new", failIn: "onInstanceDeploy" }, B: {} });
    recorder.calls.length = 0;
    const report = await runner.instance.perform("deploy");
    expect(report).toMatchObject({
      isBlocked: true,
      summary: "Test integration was not deployed.",
      failures: [expect.stringContaining('Deploying flow "A" failed in onInstanceDeploy')],
    });
    expect(recorder.names()).toEqual(["onInstanceDeploy A"]);
    expect((await ask(runner.urlOf("A"))).suffix).toBe(suffix);
  }
});

test("a redeploy that fails says what was done before, and neither warnings nor URLs of what was not deployed", async () => {
  const stray = { missing: "input" };
  const { runner, recorder, rewrite } = await startLifecycle({ A: stray, B: {}, C: {} });
  expect(runner.deployed.notes.join()).toContain('no input "missing"');
  rewrite({ A: { ...stray, suffix: "new" }, B: { failIn: "webhookCreate" } });
  recorder.calls.length = 0;
  const { flows, notes, summary } = await runner.instance.perform("deploy");
  expect(recorder.calls.map(({ flow, suffix }) => `${flow} ${suffix}`)).toContain("A new!");
  expect(summary).toBe("Test integration was not deployed.");
  expect(flows).toEqual([]);
  expect(notes).toEqual([
    'What ran before the failure is not taken back: onInstanceDeploy of "A", onInstanceDeploy of "B", webhookLifecycleHandlers.create of "A". Repeat the command once the cause is put right.',
  ]);
  expect((await send(runner.urlOf("C"))).status).toBe(200);
});

test("a file that is broken changes nothing", async () => {
  const { runner, recorder } = await startLifecycle({ A: {} });
  recorder.calls.length = 0;
  writeFileSync(runner.options.integration!, "flows: [");
  await expect(runner.instance.perform("deploy")).rejects.toMatchObject({
    code: "INTEGRATION_INVALID",
  });
  expect(recorder.calls).toEqual([]);
  expect((await send(runner.urlOf("A"))).status).toBe(200);
});

test("another integration is not deployed over the one that is there", async () => {
  const { runner, rewrite } = await startLifecycle({ A: {} });
  rewrite({ A: {} }, { name: "Another" });
  await expect(runner.instance.perform("deploy")).rejects.toMatchObject({
    code: "INTEGRATION_INVALID",
    message: expect.stringContaining('called "Another" now'),
  });
});

test("a flow that is gone answers 404, and that nothing was cleaned up is said", async () => {
  const { runner, recorder, rewrite } = await startLifecycle({ A: {}, B: {} });
  const gone = runner.urlOf("B");
  rewrite({ A: {} });
  recorder.calls.length = 0;
  const { notes, failures } = await runner.instance.perform("deploy");
  expect(recorder.names()).toEqual(["onInstanceDeploy A", "webhookCreate A"]);
  expect(notes.join()).toContain('Flow "B" is gone, and its delete functions were not run');
  expect(failures).toEqual([]);
  expect((await send(gone)).status).toBe(404);
});

test("a flow that is gone is cleaned up where that is switched on", async () => {
  const unknowns = { redeployCleansUpRemovedFlows: true };
  const flows = { A: {}, B: { failIn: "webhookDelete" } };
  const { runner, recorder, rewrite } = await startLifecycle(flows, { unknowns });
  rewrite({ A: {} });
  recorder.calls.length = 0;
  const { failures, isBlocked } = await runner.instance.perform("deploy");
  expect(recorder.names().slice(0, 2)).toEqual(["onInstanceDelete B", "webhookDelete B"]);
  expect(isBlocked).toBe(false);
  expect(failures).toEqual([expect.stringContaining('Removing flow "B" failed')]);
});

test("operations wait for one another", async () => {
  const { runner, recorder } = await startLifecycle({ A: {} });
  recorder.calls.length = 0;
  await Promise.all([runner.instance.perform("disable"), runner.instance.perform("deploy")]);
  expect(recorder.names()).toEqual(["webhookDelete A", "onInstanceDeploy A", "webhookCreate A"]);
  expect(runner.logs.map(({ text }) => text)).toContain("Waiting for another command to finish");
});
