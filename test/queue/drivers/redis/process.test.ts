import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { promisify } from "node:util";
import { openRedisDriver } from "../../../../src/queue/drivers/redis/driver";
import { compileProgram } from "../../../runner/support/compiled-program";
import { describeWithEngine } from "../../../support/queue/describe-with-engine";
import { draft, drain, toClaim, WINDOW_SECONDS, wish } from "../moves";

const run = promisify(execFile);

describeWithEngine("redis", "A process with a Redis driver", (address) => {
  const fields = { url: address, prefix: "hookline-test-process" };
  const queue = `q ${process.pid}`;
  const driver = openRedisDriver(fields);
  let file: string;
  beforeAll(() => {
    file = path.join(path.dirname(compileProgram()), "../queue/drivers/redis/driver.js");
  }, 60_000);
  afterEach(() => driver.remove(queue));
  afterAll(() => driver.close());

  const toArguments = (work: string, to: object = fields): string[] => {
    const script = `const { openRedisDriver } = require(process.argv[1]);
      const driver = openRedisDriver(JSON.parse(process.argv[2]));
      const queue = ${JSON.stringify(queue)}, wish = ${JSON.stringify(wish)};
      (async () => { ${work} })();`;
    return ["-e", script, file, JSON.stringify(to)];
  };

  it("ends although its driver is open and was used", async () => {
    const work = `await driver.enqueue(queue, [${JSON.stringify(draft("a", "1"))}], 60);
      console.log((await driver.stats(queue)).ready);`;
    const { stdout } = await run(process.execPath, toArguments(work), { timeout: 20_000 });
    expect(stdout.trim()).toBe("1");
  }, 30_000);

  it("ends, and has no rejection that nobody handles, although its server is down", async () => {
    const work = `for (const verb of [driver.stats(queue), driver.lease(queue, wish)])
        await verb.catch(({ code }) => console.log(code));`;
    const down = { ...fields, url: "redis://127.0.0.1:9" };
    const { stdout, stderr } = await run(process.execPath, toArguments(work, down), {
      timeout: 20_000,
    });
    expect(stdout.trim().split("\n")).toEqual(["QUEUE_UNAVAILABLE", "QUEUE_UNAVAILABLE"]);
    expect(stderr).toBe("");
  }, 30_000);

  it("does not load the client before a queue is used", async () => {
    const work = `await driver.close();
      console.log(Object.keys(require.cache).some((name) => name.includes("ioredis")));`;
    const { stdout } = await run(process.execPath, toArguments(work), { timeout: 20_000 });
    expect(stdout.trim()).toBe("false");
  }, 30_000);

  it("22: that is killed loses its lease, and its message comes before the one behind it", async () => {
    await driver.enqueue(queue, [draft("a", "1"), draft("a", "2")], WINDOW_SECONDS);
    const work = `const [message] = await driver.lease(queue, { ...wish, leaseSeconds: 1 });
      console.log(message.body);
      setInterval(() => undefined, 1000);`;
    const child = spawn(process.execPath, toArguments(work), {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [output] = await once(child.stdout, "data");
    expect(String(output).trim()).toBe("1");
    child.kill("SIGKILL");
    await once(child, "exit");
    const untilFree = async (): Promise<void> => {
      const [message] = await driver.lease(queue, wish);
      if (!message) return untilFree();
      expect(message).toMatchObject({ body: "1", attempt: 2 });
      expect(await driver.acknowledge(toClaim(queue, message))).toBe("done");
    };
    await untilFree();
    expect(await drain(driver, queue)).toEqual(["2"]);
  }, 30_000);
});
