import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sendJson } from "./support/requests";
import {
  createFolder,
  startTestRunner,
  type TestRunner,
  toDefinition,
  writeYaml,
} from "./support/running";

const definition = toDefinition({
  One: { trigger: "remember" },
  Two: { trigger: "remember" },
  Obey: { trigger: "obey" },
});
let integration: string;

beforeAll(() => {
  integration = writeYaml(definition);
});

const EMPTY = { executionState: {}, instanceState: {}, crossFlowState: {}, integrationState: {} };
const remember = async (runner: TestRunner, flow: string, order: object = {}) =>
  JSON.parse((await sendJson(runner.urlOf(flow), order)).text);

describe("state", () => {
  let runner: TestRunner;

  beforeAll(async () => {
    runner = await startTestRunner({ integration });
  });
  afterEach(async () => {
    for (const flow of ["One", "Two"]) {
      const found: Record<string, object> = await remember(runner, flow);
      const remove = Object.entries(found).flatMap(([scope, values]) =>
        Object.keys(values).map((key) => [scope, key]),
      );
      await remember(runner, flow, { remove });
    }
  });

  test("is empty at first; mutations and returned keys are kept, except of the execution", async () => {
    const all = ["executionState", "instanceState", "crossFlowState", "integrationState"];
    const each = (value: object) => Object.fromEntries(all.map((scope) => [scope, value]));
    expect(
      await remember(runner, "One", { mutate: each({ a: 1 }), returned: each({ b: 2 }) }),
    ).toEqual(EMPTY);
    const kept = { a: 1, b: 2 };
    expect(await remember(runner, "One")).toEqual({
      executionState: {},
      instanceState: kept,
      crossFlowState: kept,
      integrationState: kept,
    });
  });

  test("of a flow is its own; the rest is shared between flows", async () => {
    await remember(runner, "One", {
      mutate: {
        instanceState: { mine: 1 },
        crossFlowState: { ours: 2 },
        integrationState: { everyones: 3 },
      },
    });
    expect(await remember(runner, "Two")).toEqual({
      ...EMPTY,
      crossFlowState: { ours: 2 },
      integrationState: { everyones: 3 },
    });
  });

  test("merges returned keys at the top only, over what was mutated", async () => {
    await remember(runner, "One", {
      mutate: { crossFlowState: { kept: 1, nested: { a: 1, b: 2 } } },
    });
    await remember(runner, "One", {
      mutate: { crossFlowState: { nested: { lost: true }, mutated: 1 } },
      returned: { crossFlowState: { nested: { c: 3 } } },
    });
    expect((await remember(runner, "One")).crossFlowState).toEqual({
      kept: 1,
      nested: { c: 3 },
      mutated: 1,
    });
  });

  test("loses a key that is deleted or set to undefined", async () => {
    await remember(runner, "One", { mutate: { crossFlowState: { a: 1, b: 2 } } });
    await remember(runner, "One", { remove: [["crossFlowState", "a"]] });
    expect((await remember(runner, "One")).crossFlowState).toEqual({ b: 2 });
  });

  test("is not saved by a run that throws", async () => {
    await remember(runner, "One", { mutate: { crossFlowState: { a: 1 } }, fail: "no" });
    expect(await remember(runner, "One")).toEqual(EMPTY);
  });

  test("that is no JSON fails the run with a clear message", async () => {
    const reply = await sendJson(runner.urlOf("One"), { circular: true });
    expect(reply.status).toBe(500);
    expect(reply.text).toMatch(/crossFlowState cannot be saved/);
    expect(await remember(runner, "One")).toEqual(EMPTY);
  });

  test("of two runs that overlap is that of the one that ends last, whole", async () => {
    const slow = remember(runner, "One", { mutate: { crossFlowState: { slow: 1 } }, wait: 300 });
    await remember(runner, "Two", { mutate: { crossFlowState: { fast: 1 } } });
    expect((await remember(runner, "Two")).crossFlowState).toEqual({ fast: 1 });
    await slow;
    expect((await remember(runner, "Two")).crossFlowState).toEqual({ slow: 1 });
  });

  test("of a run that was given up is not saved when it ends after all", async () => {
    const impatient = await startTestRunner({ integration, limits: { answerMilliseconds: 400 } });
    const order = { mutate: { crossFlowState: { late: 1 } }, wait: 600 };
    const late = await sendJson(impatient.urlOf("One"), order);
    expect(late.status).toBe(504);
    const later = sendJson(impatient.urlOf("Two"), { wait: 350 });
    expect((await later).status).toBe(200);
    expect(await remember(impatient, "One")).toEqual(EMPTY);
  });

  test("survives a crash of the component", async () => {
    await remember(runner, "One", {
      mutate: { crossFlowState: { a: 1 }, instanceState: { b: 1 } },
    });
    await sendJson(runner.urlOf("Obey"), { do: "exit", code: 1 });
    expect(await remember(runner, "One")).toMatchObject({
      crossFlowState: { a: 1 },
      instanceState: { b: 1 },
    });
  });

  test("with a key called __proto__ is data", async () => {
    const body = '{"returned":{"crossFlowState":{"__proto__":{"polluted":true}}}}';
    await sendJson(runner.urlOf("One"), JSON.parse(body));
    expect(JSON.stringify((await remember(runner, "One")).crossFlowState)).toBe(
      '{"__proto__":{"polluted":true}}',
    );
  });

  test("larger than the platform saves fails the run", async () => {
    const small = await startTestRunner({ integration, limits: { stateBytes: 1_000 } });
    const reply = await sendJson(small.urlOf("One"), {
      mutate: { crossFlowState: { a: "x".repeat(1_000) } },
    });
    expect(reply.status).toBe(500);
    expect(reply.text).toMatch(/the platform saves at most 1000/);
  });
});

test("state survives a restart of the runner, together with the flows' URLs", async () => {
  const dataFolder = createFolder();
  const first = await startTestRunner({ integration, dataFolder });
  await remember(first, "One", {
    mutate: { instanceState: { a: 1 }, integrationState: { b: "ü" } },
  });
  await first.close();
  const port = Number(new URL(first.url).port);
  const second = await startTestRunner({ integration, dataFolder, port });
  expect(second.flows().map((flow) => flow.url)).toEqual(first.flows().map((flow) => flow.url));
  expect(await remember(second, "One")).toEqual({
    ...EMPTY,
    instanceState: { a: 1 },
    integrationState: { b: "ü" },
  });
});

test("a flow with a stable key keeps its state and URL under another name", async () => {
  const dataFolder = createFolder();
  const withName = (name: string) =>
    writeYaml({
      ...definition,
      flows: [
        {
          ...(definition as { flows: object[] }).flows[0],
          name,
          stableKey: "orders",
        },
      ],
    });
  const before = await startTestRunner({ integration: withName("Old name"), dataFolder });
  await remember(before, "Old name", { mutate: { instanceState: { a: 1 } } });
  await before.close();
  const after = await startTestRunner({ integration: withName("New name"), dataFolder });
  expect((await remember(after, "New name")).instanceState).toEqual({ a: 1 });
  expect(after.flows()[0]?.endpoint).toBe(before.flows()[0]?.endpoint);
  expect(after.flows()[0]?.stableId).toBe(before.flows()[0]?.stableId);
});

test("a damaged state file is an error that names it", async () => {
  const dataFolder = createFolder();
  writeFileSync(join(dataFolder, "state.json"), '{"half":');
  await expect(startTestRunner({ integration, dataFolder })).rejects.toMatchObject({
    code: "CONFIGURATION_INVALID",
    message: expect.stringContaining(join(dataFolder, "state.json")),
  });
});

test("a state file that is there and cannot be read is an error, not the loss of all state", async () => {
  const dataFolder = createFolder();
  const file = join(dataFolder, "state.json");
  symlinkSync(file, file);
  await expect(startTestRunner({ integration, dataFolder })).rejects.toMatchObject({
    code: "CONFIGURATION_INVALID",
    message: expect.stringContaining(file),
  });
});

test("the state file is JSON that a person can read", async () => {
  const dataFolder = createFolder();
  const runner = await startTestRunner({ integration, dataFolder });
  await remember(runner, "One", { mutate: { crossFlowState: { a: { b: 1 } } } });
  await runner.close();
  expect(JSON.parse(readFileSync(join(dataFolder, "state.json"), "utf8"))).toEqual({
    crossFlow: { a: { b: 1 } },
  });
});
