import { writeFileSync } from "node:fs";
import { stringify } from "yaml";
import { type CommandOutcome, runCommand } from "../support/command";
import { recording } from "../support/lifecycle";
import { type Recorder, startRecorder } from "../support/recorder";
import { send } from "../support/requests";
import { createFolder, fixture, toDefinition, writeYaml } from "../support/running";
import { waitUntil } from "../support/wait-until";

interface Session {
  readonly hookline: (...argv: string[]) => Promise<CommandOutcome>;
  readonly recorder: Recorder;
  readonly rewrite: (flows: Parameters<typeof toDefinition>[0]) => void;
  /** What the runner's own console says so far. */
  readonly console: () => string;
}

/** Serves one flow of the fixture `lifecycle`, called `Orders`, while the commands run. */
const withRunner = async (
  work: (session: Session) => Promise<void>,
  inputs: Record<string, string> = {},
): Promise<CommandOutcome> => {
  const recorder = await startRecorder();
  const data = createFolder();
  const file = writeYaml(toDefinition({ Orders: recording(recorder, inputs, "orders") }));
  const argv = ["dev", file, "--component", fixture("lifecycle"), "--port", "0", "--data", data];
  return runCommand(argv, (read) =>
    work({
      recorder,
      console: read,
      hookline: (...command) => runCommand([...command, "--data", data]),
      rewrite: (flows) => writeFileSync(file, stringify(toDefinition(flows))),
    }),
  );
};

const urlIn = (output: string): string => /http:\/\/\S+\/trigger\/\S+/.exec(output)?.[0] ?? "";

test("deploy takes the files as they are now, and says what the component said", async () => {
  const { code } = await withRunner(async ({ hookline, recorder, rewrite, console }) => {
    const url = urlIn(console());
    rewrite({ "All orders": recording(recorder, {}, "orders") });
    const { code: deployed, output } = await hookline("deploy");
    expect(deployed).toBe(0);
    expect(output).toMatch(/All orders {2}\| info {2}Running onInstanceDeploy\n/);
    expect(output).toMatch(/All orders {2}\| info {2}in webhookCreate\n/);
    expect(output).toContain(`Test integration is deployed.\n  All orders  ${url}\n`);
    await waitUntil(() => console().includes("Test integration is deployed.\n"));
    const sent = await hookline("send", "github", "--flow", "All orders", "--secret", "s");
    expect(sent).toMatchObject({ code: 0, output: expect.stringContaining("to All orders") });
  });
  expect(code).toBe(0);
});

test("delete, enable, disable and listen say what happened", async () => {
  await withRunner(async ({ hookline, console }) => {
    const url = urlIn(console());
    expect((await hookline("disable")).output).toContain("Test integration is disabled");
    expect((await send(url)).status).toBe(404);
    expect((await hookline("enable")).output).toContain("Test integration is enabled");
    expect((await send(url)).status).toBe(200);
    const testUrl = urlIn((await hookline("listen", "Orders")).output);
    expect((await send(testUrl)).status).toBe(200);
    expect((await hookline("listen", "--stop")).output).toContain("Not listening any more");
    expect((await send(testUrl)).status).toBe(404);
    expect((await hookline("delete")).output).toContain("Test integration is deleted");
    expect((await send(url)).status).toBe(404);
    const again = await hookline("delete");
    expect(again).toMatchObject({
      code: 1,
      errors: expect.stringMatching(/^INPUT_INVALID: The instance is deleted/),
    });
    expect((await hookline("deploy")).code).toBe(0);
    expect((await send(url)).status).toBe(200);
  });
});

test("a lifecycle function that fails ends with exit code 1 and says which, here and at the runner", async () => {
  await withRunner(
    async ({ hookline, console }) => {
      const { code, output, errors } = await hookline("delete");
      expect(code).toBe(1);
      expect(output).toContain("Test integration was not deleted.");
      expect(errors).toBe(
        'DEPLOY_FAILED: Deleting flow "Orders" failed in onInstanceDelete of trigger "recording": refused by onInstanceDelete\n',
      );
      await waitUntil(() => console().includes("Test integration was not deleted."));
    },
    { failIn: "onInstanceDelete" },
  );
});

test("a broken file, an unknown flow and an unknown option are clear errors with exit code 1", async () => {
  await withRunner(async ({ hookline, rewrite }) => {
    expect(await hookline("listen", "Invoices")).toMatchObject({
      code: 1,
      errors: 'INPUT_INVALID: No flow is called "Invoices". There are "Orders".\n',
    });
    expect(await hookline("disable", "--rename")).toMatchObject({ code: 1 });
    rewrite({});
    expect(await hookline("deploy")).toMatchObject({
      code: 1,
      errors: expect.stringMatching(/^INTEGRATION_INVALID: .*has no flows/),
    });
  });
});

test("a runner that stops while a flow listens says that the test URL stays subscribed", async () => {
  const { output } = await withRunner(async ({ hookline }) => {
    await hookline("listen");
  });
  expect(output).toContain('"Orders" was in listening mode');
  expect(output).toContain("hookline listen --stop");
});
