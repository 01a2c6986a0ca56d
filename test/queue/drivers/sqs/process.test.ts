import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { promisify } from "node:util";
import { openSqsDriver } from "../../../../src/queue/drivers/sqs/driver";
import { compileProgram } from "../../../runner/support/compiled-program";
import { openSqsWorld, type SqsWorld, toSqsFields } from "../../../support/queue/sqs-world";

const run = promisify(execFile);
const draft = { orderingKey: "a", dedupeKey: "1", body: "1", delaySeconds: 0 };
const leaseRequest = {
  maximumMessages: 5,
  maximumPerKey: 1,
  leaseSeconds: 30,
  maximumAttempts: 10,
  onExhausted: "deadLetter",
  exhaustedReason: "exhausted",
} as const;
const unavailable = { code: "QUEUE_UNAVAILABLE", retryable: true };

describe("a process", () => {
  let world: SqsWorld;
  let file: string;
  beforeAll(async () => {
    world = await openSqsWorld();
    file = path.join(path.dirname(compileProgram()), "../queue/drivers/sqs/driver.js");
  }, 60_000);
  afterAll(() => world.close());

  /** What a process of its own prints that has a driver and ends by itself. */
  const runWithDriver = async (work: string): Promise<string> => {
    const script = `const { openSqsDriver } = require(process.argv[1]);
      const driver = openSqsDriver(JSON.parse(process.argv[2]));
      (async () => { ${work} })();`;
    const parameters = ["-e", script, file, JSON.stringify(world.fields)];
    const { stdout } = await run(process.execPath, parameters, { timeout: 30_000 });
    return stdout.trim();
  };

  it("ends although its driver is open", async () => {
    const ready = await runWithDriver(`await driver.ensure("orders");
      await driver.enqueue("orders", [${JSON.stringify(draft)}], 300);
      console.log((await driver.stats("orders")).ready);`);
    expect(ready).toBe("1");
  }, 40_000);

  it("22: that is killed loses its lease by time alone, and no message", async () => {
    const driver = world.connect();
    await driver.ensure("killed");
    await driver.enqueue("killed", [draft, { ...draft, dedupeKey: "2", body: "2" }], 300);
    const killed = runWithDriver(`await driver.lease("killed", ${JSON.stringify(leaseRequest)});
      process.kill(process.pid, "SIGKILL");`);
    await expect(killed).rejects.toMatchObject({ signal: "SIGKILL" });
    expect(await driver.lease("killed", leaseRequest)).toEqual([]);
    await world.advance(31);
    expect(await driver.lease("killed", leaseRequest)).toMatchObject([{ body: "1", attempt: 2 }]);
    await driver.close();
  }, 40_000);

  it("does not load the client before a queue is used", async () => {
    const loaded = await runWithDriver(`await driver.close();
      const files = Object.keys(require.cache);
      console.log(files.filter((file) => file.includes("aws-sdk")).length, files.length > 20);`);
    expect(loaded).toBe("0 true");
  }, 40_000);
});

describe("an engine that is down", () => {
  it("is unavailable to every verb, and the message says where to look", async () => {
    const driver = openSqsDriver(toSqsFields("http://127.0.0.1:9"));
    const verbs = [
      driver.enqueue("orders", [draft], 300),
      driver.stats("orders"),
      driver.ensure("orders"),
      driver.redrive("orders", "all"),
    ];
    for (const verb of await Promise.allSettled(verbs))
      expect(verb).toMatchObject({
        status: "rejected",
        reason: { ...unavailable, message: expect.stringContaining("Endpoint") },
      });
    await driver.close();
  });

  it("is unavailable from one moment to the next, and what was acknowledged stays so", async () => {
    const world = await openSqsWorld();
    const driver = world.connect();
    await driver.ensure("orders");
    await driver.enqueue("orders", [draft], 300);
    await world.close();
    await expect(driver.enqueue("orders", [draft], 300)).rejects.toMatchObject(unavailable);
    await driver.close();
  });
});

describe("an engine that hangs", () => {
  it("is given up on and is unavailable, because a run would wait for it for ever", async () => {
    const server = createServer();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const fields = toSqsFields(`http://127.0.0.1:${port}`);
    const driver = openSqsDriver(fields, { answerMilliseconds: 50 });
    await expect(driver.stats("orders")).rejects.toMatchObject(unavailable);
    await driver.close();
    server.close();
    server.closeAllConnections();
  });
});

describe("closing", () => {
  it("is final, and may happen twice and before the first use", async () => {
    const driver = openSqsDriver(toSqsFields("http://127.0.0.1:9"));
    await driver.close();
    await driver.close();
    await expect(driver.stats("orders")).rejects.toMatchObject({
      code: "QUEUE_UNAVAILABLE",
      message: expect.stringContaining("closed"),
    });
  });
});
