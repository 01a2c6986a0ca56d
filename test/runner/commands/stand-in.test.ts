import { createServer } from "node:net";
import { runCommand } from "../support/command";
import { createFolder, fixture, toDefinition, writeYaml } from "../support/running";
import { waitUntil } from "../support/wait-until";

const urlIn = (text: string): string => /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0] ?? "";

/** A port that was free a moment ago. */
const findPort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

/** Runs the command that was printed for a shell, without a shell. */
const runPrinted = (line: string): Promise<Response> => {
  const [, url = "", body = "{}"] = /-X POST (\S+) .* -d '(.*)'$/.exec(line) ?? [];
  return fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: body.replace("http://127.0.0.1:8400/trigger/…", "http://127.0.0.1:9/gone"),
  });
};

test.each(["heartwork", "heartcore", "umbraco", "kinetic"])(
  "stand-in %s says where it is, how to connect and what can be done, and all of it works",
  async (name) => {
    const { code, output } = await runCommand(["stand-in", name, "--port", "0"], async (read) => {
      const lines = read().split("\n");
      const find = (words: string): string => lines.find((line) => line.includes(words)) ?? "";
      expect((await runPrinted(find("subscribe by hand"))).status).toBe(201);
      expect((await runPrinted(find("switch a fault on"))).status).toBe(200);
      expect((await runPrinted(find("fire one"))).status).toBe(202);
      await waitUntil(() => read().includes("to http://127.0.0.1:9/gone"));
    });
    expect(code).toBe(0);
    expect(output).toMatch(
      /^\S.* stands in at http:\/\/127\.0\.0\.1:\d+\nFields of the connection:\n {2}/,
    );
    expect(output).toContain("Stop with Ctrl-C.");
    await expect(fetch(urlIn(output))).rejects.toThrow();
  },
);

test("a webhook that is made by hand at Heartcore has the secret that the connection has", async () => {
  const { output } = await runCommand(["stand-in", "heartcore", "--port", "0"]);
  const secret = /webhookSecret: (\S+)\n/.exec(output)?.[1];
  expect(output).toMatch(
    new RegExp(`subscribe by hand: .*"headers":\\{"X-Webhook-Secret":"${secret}"\\}`),
  );
});

test("every fault that can be switched on is named", async () => {
  const { output } = await runCommand(["stand-in", "umbraco", "--port", "0"], async (read) => {
    const shown = JSON.parse(await (await fetch(`${urlIn(read())}/_stand-in`)).text());
    for (const name of Object.keys(shown.faults)) expect(read()).toContain(name);
  });
  expect(output).toMatch(/faults there are: +apiStatus, retryAfterSeconds, losesAnswers/);
});

test("an event that nobody has subscribed to is fired in vain, and that is said", async () => {
  const { output } = await runCommand(["stand-in", "umbraco", "--port", "0"], async (read) => {
    const answer = await runPrinted(/fire one: .*/.exec(read())?.[0] ?? "");
    expect(JSON.parse(await answer.text())).toEqual({
      fired: 1,
      deliveries: 0,
      note: expect.stringMatching(/^nothing is delivered: nobody is subscribed to Umbraco\.\w+$/),
    });
  });
  expect(output).toMatch(
    /umbraco {2}\| nothing is delivered: nobody is subscribed to Umbraco\.\w+\n/,
  );
});

test("faults can be switched on from the start", async () => {
  const faults = ["--duplicates", "--reorders", "--pauses", "--lose-answers"];
  const delays = ["--slow", "1", "--late", "2", "--retry-pause", "3", "--retry-after", "4"];
  const argv = ["stand-in", "umbraco", "--port", "0", "--status", "503", ...faults, ...delays];
  const { code } = await runCommand(argv, async (read) => {
    const shown = await fetch(`${urlIn(read())}/_stand-in`);
    expect(JSON.parse(await shown.text()).faults).toEqual({
      apiStatus: 503,
      retryAfterSeconds: 4,
      losesAnswers: true,
      slowMilliseconds: 1,
      duplicates: true,
      reorders: true,
      pauses: true,
      lateMilliseconds: 2,
    });
  });
  expect(code).toBe(0);
});

test("every call of its API is a line", async () => {
  const { output } = await runCommand(["stand-in", "umbraco", "--port", "0"], async (read) => {
    await fetch(`${urlIn(read())}/umbraco/management/api/v1/webhook?secret=1`);
  });
  expect(output).toMatch(
    /\d\d:\d\d:\d\d\.\d{3} {2}umbraco {2}\| GET \/umbraco\/management\S+: 401\n/,
  );
  expect(output).not.toContain("secret=1");
});

test("dev starts stand-ins before the deploy, lets something happen at them, and takes them along", async () => {
  const [port, kinetic] = [await findPort(), await findPort()];
  const value = (text: string) => ({ type: "value", value: text });
  const inputs = {
    subscribeAt: value(`http://127.0.0.1:${port}`),
    events: value("Umbraco.ContentPublish,Umbraco.ContentDelete"),
  };
  const flows = { Pages: { component: "lifecycle", trigger: "recording", inputs } };
  const argv = ["dev", writeYaml(toDefinition(flows)), "--component", fixture("lifecycle")];
  const standIns = ["--stand-in", `umbraco:${port}`, "--stand-in", `kinetic:${kinetic}`, "--demo"];
  const place = ["--port", "0", "--data", createFolder()];
  const { code, output } = await runCommand([...argv, ...standIns, ...place], async (read) => {
    await waitUntil(() => read().includes("nobody has subscribed"));
  });
  expect(code).toBe(0);
  expect(output).toContain(`Umbraco CMS stands in at http://127.0.0.1:${port}\n`);
  expect(output).toMatch(
    new RegExp(
      `fire one: +curl -X POST http://127.0.0.1:${port}/_stand-in/fire .*"event":"Umbraco`,
    ),
  );
  for (const event of ["Umbraco.ContentPublish", "Umbraco.ContentDelete"]) {
    expect(output).toContain(`demo: ${event} happens at Umbraco CMS`);
    expect(output).toMatch(
      new RegExp(`umbraco  \\| delivered ${event} to http\\S+, attempt 1: 200\n`),
    );
  }
  expect(output).toContain("demo: nobody has subscribed to anything at Kinetic Platform");
  await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow();
});

test("a stand-in whose port is taken keeps the runner and the other stand-ins from starting", async () => {
  const [first, taken] = [await findPort(), await findPort()];
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(taken, "127.0.0.1", resolve));
  const standIns = ["--stand-in", `umbraco:${first}`, "--stand-in", `kinetic:${taken}`];
  const { code, errors } = await runCommand(["dev", ...standIns, "--data", createFolder()]);
  expect(code).toBe(1);
  expect(errors).toMatch(new RegExp(`^PORT_TAKEN: Port ${taken} of the stand-in kinetic`));
  await expect(fetch(`http://127.0.0.1:${first}`)).rejects.toThrow();
  await new Promise((resolve) => server.close(resolve));
});

test.each([
  [
    ["stand-in", "github"],
    'no stand-in "github". There are heartwork, heartcore, umbraco, kinetic',
  ],
  [["stand-in", "umbraco", "--slow", "-1"], "whole number"],
  [["stand-in", "umbraco", "--status", "99"], "A status is a whole number from 400 to 599"],
  [["dev", "--stand-in", "umbraco:http"], "as umbraco, or as umbraco:8413"],
  [["dev", "--stand-in", "heartwork:0"], "The configuration has to say where the stand-in is"],
  [["dev", "--stand-in", "nobody:1"], 'no stand-in "nobody"'],
])("refuses %p with a clear message", async (argv, message) => {
  const { code, errors } = await runCommand([...argv]);
  expect(code).toBe(1);
  expect(errors).toContain(message);
});
