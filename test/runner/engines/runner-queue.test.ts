import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compileProgram } from "../support/compiled-program";
import {
  createFolder,
  fixture,
  startTestRunner,
  toDefinition,
  writeYaml,
} from "../support/running";
import { waitUntil } from "../support/wait-until";
import { ask } from "./queue-folder";

const definition = (fields: Record<string, string> = {}) =>
  toDefinition(
    { Keep: { component: "queueing", trigger: "keep", inputs: queueInput } },
    {
      requiredConfigVars: [
        {
          key: "Queue",
          dataType: "connection",
          connection: { key: "postgresQueue", component: { key: "queueing" } },
          inputs: Object.fromEntries(
            Object.entries(fields).map(([key, value]) => [key, { type: "value", value }]),
          ),
        },
      ],
    },
  );
const queueInput = { queueConnection: { type: "configVar", value: "Queue" } };

const startWith = async (definition: object | undefined, configuration?: Record<string, unknown>) =>
  startTestRunner({
    components: [fixture("queueing")],
    integration: definition && writeYaml(definition),
    ...(configuration && { configuration: writeYaml(configuration, "config.yml") }),
  });

const fieldsOf = async (runner: Awaited<ReturnType<typeof startWith>>) => {
  const response = await fetch(runner.flows()[0]?.url ?? "", { method: "POST", body: "{}" });
  return JSON.parse(await response.text());
};

test("a connection that is given no value leads to the embedded queue, with the schema that it has", async () => {
  const runner = await startWith(definition({ connectionString: "", schema: "mine" }));
  expect(await fieldsOf(runner)).toEqual({
    connectionString: runner.queueConnection,
    schema: "mine",
  });
  expect(runner.queueConnection).toMatch(/^postgres:\/\/postgres:[\w-]{32}@127\.0\.0\.1:\d+\//);
});

test("values of the configuration or of the definition are used instead", async () => {
  const given = "postgres://me@127.0.0.1:1/given";
  const configured = await startWith(definition(), { Queue: { connectionString: given } });
  expect(await fieldsOf(configured)).toEqual({ connectionString: given, schema: "hookline" });
  const defined = await startWith(definition({ connectionString: given }));
  expect(await fieldsOf(defined)).toEqual({ connectionString: given, schema: "hookline" });
});

test("without an integration, a queue connection that is named and given no field leads there too", async () => {
  const runner = await startWith(undefined, { "keep.queueConnection": {} });
  expect(await fieldsOf(runner)).toMatchObject({ connectionString: runner.queueConnection });
});

test("without an integration, a trigger whose queue connection is not named has none", async () => {
  expect(await fieldsOf(await startWith(undefined))).toBeNull();
});

test("a connection of another kind is left alone", async () => {
  const other = definition();
  const text = JSON.stringify(other).replace('"key":"postgresQueue"', '"key":"otherQueue"');
  const runner = startWith(JSON.parse(text));
  await expect(runner).rejects.toMatchObject({
    code: "CONFIGURATION_INVALID",
    message: expect.stringContaining('Connection "Queue" needs a value for "connectionString"'),
  });
});

const readProcess = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
};

test("when the runner is killed its engine goes too, and the next one finds what was committed", async () => {
  const program = compileProgram();
  const folder = createFolder();
  const args = [program, "dev", writeYaml(definition()), "--component", fixture("queueing")];
  const child = spawn(process.execPath, [...args, "--port", "0", "--data", folder], {
    cwd: folder,
  });
  const file = join(folder, "queue-connection");
  await waitUntil(() => existsSync(file));
  const connection = readFileSync(file, "utf8").trim();
  await ask(connection, "create table kept as select 7 as number");
  const children = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, "utf8");
  const engine = children
    .split(" ")
    .map(Number)
    .find((pid) => readProcess(pid).includes("engine"));
  child.kill("SIGKILL");
  await waitUntil(() => readProcess(engine ?? 0) === "");
  const runner = await startTestRunner({
    components: [fixture("queueing")],
    integration: writeYaml(definition()),
    dataFolder: folder,
  });
  expect(await ask(runner.queueConnection, "select number from kept")).toEqual([7]);
  await runner.close();
  await expect(ask(runner.queueConnection, "select 1")).rejects.toThrow();
});
