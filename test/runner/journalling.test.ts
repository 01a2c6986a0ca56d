import { join } from "node:path";
import { HooklineError } from "../../src/errors";
import type { CapturedRequest } from "../../src/runner/journal/captured-request";
import { type Journal, openJournal } from "../../src/runner/journal/journal";
import { send, sendJson } from "./support/requests";
import { createFolder, startTestRunner, toDefinition, writeYaml } from "./support/running";

const integration = () =>
  writeYaml(toDefinition({ Obey: { trigger: "obey" }, Echo: { trigger: "echo" } }));

const readAll = async (directory: string): Promise<CapturedRequest[]> => {
  const journal = await openJournal({ directory });
  const requests: CapturedRequest[] = [];
  for await (const request of journal.read()) requests.push(request);
  await journal.close();
  return requests;
};

test("every request is in the journal as it came, under the execution's id", async () => {
  const directory = join(createFolder(), "journal");
  const runner = await startTestRunner({
    integration: integration(),
    openJournal: () => openJournal({ directory }),
  });
  const body = Buffer.from([0, 255, 10, 13]);
  const headers = ["X-Twice", "1", "x-twice", "2", "Content-Type", "image/png"];
  const reply = await send(`${runner.urlOf("Echo")}/a/b?c=%20d`, { method: "PUT", headers, body });
  const { executionId } = JSON.parse(reply.text).payload;
  await runner.close();

  const [request] = await readAll(directory);
  const flow = runner.flows().find(({ name }) => name === "Echo");
  expect(Buffer.from(executionId, "base64").toString()).toBe(
    `InstanceExecutionResult:${request?.id}`,
  );
  expect(request).toMatchObject({
    method: "PUT",
    flowId: flow?.stableId,
    url: `/trigger/${flow?.endpoint}/a/b?c=%20d`,
    body,
  });
  expect(request?.headers).toEqual(
    expect.arrayContaining([
      ["X-Twice", "1"],
      ["x-twice", "2"],
    ]),
  );
  expect(Date.parse(request?.receivedAt ?? "")).toBeGreaterThan(Date.now() - 60_000);
});

test("a request that kills the component was saved before", async () => {
  const directory = join(createFolder(), "journal");
  const runner = await startTestRunner({
    integration: integration(),
    openJournal: () => openJournal({ directory }),
  });
  expect((await sendJson(runner.urlOf("Obey"), { do: "exit", code: 1 })).status).toBe(500);
  expect((await sendJson(runner.urlOf("Obey"), { do: "throw", message: "no" })).status).toBe(400);
  await runner.close();
  const bodies = (await readAll(directory)).map(({ body }) => JSON.parse(body.toString()).do);
  expect(bodies).toEqual(["exit", "throw"]);
});

test("nothing runs before the journal has it", async () => {
  const events: string[] = [];
  let release: () => void = () => undefined;
  const slow: Journal = {
    append: (request) =>
      new Promise((resolve) => {
        events.push(`asked to save ${request.method}`);
        release = () => {
          events.push("saved");
          resolve();
        };
      }),
    read: async function* () {},
    close: async () => {
      events.push("closed");
    },
  };
  const runner = await startTestRunner({
    integration: integration(),
    openJournal: async () => slow,
    onLog: ({ text }) => events.push(text),
    onDelivery: () => events.push("answered"),
  });
  const answer = sendJson(runner.urlOf("Obey"), { do: "log", text: "it" });
  while (events.length === 0) await new Promise((resolve) => setImmediate(resolve));
  expect(events).toEqual(["asked to save POST"]);
  release();
  expect((await answer).status).toBe(200);
  expect(events.slice(0, 3)).toEqual(["asked to save POST", "saved", "before the wait: it"]);
  await runner.close();
  expect(events.at(-1)).toBe("closed");
});

test("a request that cannot be saved is not run; the provider is told to send it again", async () => {
  let isFull = true;
  const full: Journal = {
    append: async () => {
      if (isFull) throw new HooklineError("JOURNAL_UNAVAILABLE", "no space left on the disk");
    },
    read: async function* () {},
    close: async () => undefined,
  };
  const runner = await startTestRunner({
    integration: integration(),
    openJournal: async () => full,
  });
  const reply = await sendJson(runner.urlOf("Obey"), { do: "log", text: "must not run" });
  expect(reply.status).toBe(503);
  expect(JSON.parse(reply.text).error).toMatch(/could not be saved to the journal/);
  expect(reply.headers["retry-after"]).toBe("5");
  expect(runner.deliveries[0]).toMatchObject({ status: 503, flowRan: false });
  isFull = false;
  expect((await sendJson(runner.urlOf("Obey"), { do: "undefined" })).status).toBe(200);
  expect(runner.logs.map(({ text }) => text)).not.toContain("before the wait: must not run");
});

test("a journal that cannot be opened stops the start", async () => {
  const openBroken = () =>
    Promise.reject(new HooklineError("JOURNAL_UNAVAILABLE", "the disk is read-only"));
  await expect(
    startTestRunner({ integration: integration(), openJournal: openBroken }),
  ).rejects.toMatchObject({ code: "JOURNAL_UNAVAILABLE" });
});
