import { existsSync, readFileSync } from "node:fs";
import { send, sendJson } from "./support/requests";
import {
  fixture,
  startTestRunner,
  type TestRunner,
  toDefinition,
  writeYaml,
} from "./support/running";
import { waitUntil } from "./support/wait-until";

let runner: TestRunner;
let url: string;

beforeAll(async () => {
  const flows = { Obey: { trigger: "obey" }, Other: { trigger: "obey" } };
  runner = await startTestRunner({
    integration: writeYaml(toDefinition(flows)),
    limits: {
      answerMilliseconds: 2_500,
      reactionMilliseconds: 300,
      heapMegabytes: 256,
      residentMegabytes: 500,
    },
  });
  url = runner.urlOf("Obey");
});

const order = (value: object) => sendJson(url, value);
const errorOf = (text: string): string => JSON.parse(text).error;
const saidRestarting = () => runner.logs.filter(({ text }) => text.includes("Restarting")).length;

const expectRestarted = async (before: number) => {
  expect((await order({ do: "undefined" })).status).toBe(200);
  expect(saidRestarting()).toBe(before + 1);
};

test.each([
  ["ends its process", { do: "exit", code: 3 }, "process.exit(3)"],
  ["ends its process as if all were well", { do: "exit", code: 0 }, "process.exit(0)"],
  ["leaves a rejection unhandled", { do: "reject", message: "forgotten" }, "forgotten"],
  ["throws outside of the request", { do: "throwLater", message: "too late" }, "too late"],
  ["fills the heap with one allocation after the other", { do: "fillHeap" }, "memory"],
  ["fills memory outside the heap", { do: "fillBuffers" }, "MB of memory"],
])(
  "a component that %s gets an error answered, and the next request a result",
  async (_what, command, reason) => {
    const before = saidRestarting();
    const reply = await order(command);
    expect(reply.status).toBe(500);
    expect(reply.headers["content-type"]).toBe("application/json");
    expect(errorOf(reply.text)).toContain("The component stopped while it handled this request");
    expect(errorOf(reply.text)).toContain(reason);
    await expectRestarted(before);
  },
);

test("an endless loop gets 504, and what waited behind it is run by the next process", async () => {
  const before = saidRestarting();
  const started = Date.now();
  const stuck = order({ do: "loop" });
  await waitUntil(() => Date.now() > started + 1_500);
  const behind = await Promise.all([order({ do: "undefined" }), order({ do: "undefined" })]);
  const reply = await stuck;
  expect(reply.status).toBe(504);
  expect(errorOf(reply.text)).toBe("The trigger gave no answer within 2.5 seconds.");
  expect(behind.map(({ status }) => status)).toEqual([200, 200]);
  await waitUntil(() => saidRestarting() === before + 1);
  expect(runner.logs.some(({ text }) => text.includes("did not react"))).toBe(true);
});

test("a promise that never settles gets 504 and costs nobody else anything", async () => {
  const before = saidRestarting();
  const hanging = order({ do: "hang" });
  expect((await order({ do: "undefined" })).status).toBe(200);
  expect((await hanging).status).toBe(504);
  expect((await order({ do: "undefined" })).status).toBe(200);
  expect(saidRestarting()).toBe(before);
});

test("everything underway when the component dies is answered", async () => {
  const waiting = Array.from({ length: 20 }, () => order({ do: "wait", milliseconds: 60_000 }));
  const replies = await Promise.all([...waiting, order({ do: "exit", code: 1 })]);
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([500]));
});

test("whatever the component prints is logged under its flow's name", async () => {
  runner.logs.length = 0;
  await Promise.all([
    sendJson(runner.urlOf("Obey"), { do: "log", text: "one" }),
    sendJson(runner.urlOf("Other"), { do: "log", text: "two" }),
  ]);
  await Promise.all([
    sendJson(runner.urlOf("Obey"), { do: "log", text: "three" }),
    sendJson(runner.urlOf("Other"), { do: "log", text: "four" }),
  ]);
  const said = (text: string) => runner.logs.filter((line) => line.text.includes(text));
  expect(said("before the wait: one")).toEqual([
    { level: "log", flow: "Obey", text: "before the wait: one" },
  ]);
  expect(said("before the wait: four")[0]).toMatchObject({ flow: "Other" });
  expect(said("after the wait: three")[0]).toMatchObject({ level: "error", flow: "Obey" });
  expect(said("after the wait: four")[0]).toMatchObject({ level: "error", flow: "Other" });
  expect(said("{ text: 'two' }")[0]).toMatchObject({ level: "warn", flow: "Other" });
  expect(said("straight to the output: one")).toHaveLength(1);
});

test("a flood of lines is cut short and says so", async () => {
  runner.logs.length = 0;
  expect((await order({ do: "flood", lines: 50_000 })).status).toBe(200);
  expect(runner.logs.length).toBeLessThanOrEqual(1_001);
  expect(runner.logs.at(-1)?.text).toBe("… and 49000 more lines left out");
});

test("a burst of requests is answered, each with its own result", async () => {
  const bodies = Array.from({ length: 300 }, (_, index) => String(index));
  const replies = await Promise.all(
    bodies.map((body) =>
      order({ do: "respond", response: { statusCode: 200, contentType: "text/plain", body } }),
    ),
  );
  expect(replies.map(({ text }) => text)).toEqual(bodies);
});

describe("a component that does not load", () => {
  test.each([
    ["no-label", /missing the required values `label` or `description`/],
    ["no-default", /no component as its default export/],
    ["missing-icon", /icon icon\.png does not exist/],
    ["breaks-on-load", /failed while it was loaded: a module was not found/],
    ["stuck-on-load", /did not load within 1 seconds/],
  ])("is refused at the start, with what is wrong: %s", async (name, message) => {
    const limits = name === "stuck-on-load" ? { lifecycleMilliseconds: 1_000 } : {};
    await expect(startTestRunner({ components: [fixture(name)], limits })).rejects.toMatchObject({
      code: "COMPONENT_UNUSABLE",
      message: expect.stringMatching(message),
    });
  });

  test("because it was never built is refused with how to build it", async () => {
    await expect(startTestRunner({ components: ["no/such/folder"] })).rejects.toMatchObject({
      code: "COMPONENT_UNUSABLE",
      message: expect.stringContaining('"npm run build"'),
    });
  });

  test("because another one has its key is refused", async () => {
    const components = [fixture("behaviours"), fixture("behaviours")];
    await expect(startTestRunner({ components })).rejects.toMatchObject({
      message: expect.stringContaining('Two components have the key "behaviours"'),
    });
  });
});

const listChildren = (): string[] =>
  readFileSync(`/proc/${process.pid}/task/${process.pid}/children`, "utf8").trim().split(" ");

test("the component's process ends with the runner", async () => {
  const before = listChildren();
  const integration = writeYaml(toDefinition({ Obey: { trigger: "obey" } }));
  const other = await startTestRunner({ integration });
  expect((await sendJson(other.urlOf("Obey"), { do: "undefined" })).status).toBe(200);
  const own = listChildren().filter((pid) => !before.includes(pid));
  expect(own).toHaveLength(1);
  await other.close();
  await expect(send(other.urlOf("Obey"))).rejects.toThrow();
  await waitUntil(() => !existsSync(`/proc/${own[0]}`));
});
