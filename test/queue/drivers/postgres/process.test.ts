import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { dirname, join } from "node:path";
import { compileProgram } from "../../../runner/support/compiled-program";
import { describeWithEngine } from "../../../support/queue/describe-with-engine";
import { openPostgresWorld, type PostgresWorld } from "../../../support/queue/postgres-world";
import { draft as toDraft, wish } from "../moves";

const draft = toDraft("a", "1");
const request = { ...wish, leaseSeconds: 60, maximumAttempts: 3 };

/** The driver as JavaScript, for a process of its own. */
const toScript = (work: string): string => {
  const file = join(dirname(compileProgram()), "../queue/drivers/postgres/driver.js");
  return `const { openPostgresDriver } = require(${JSON.stringify(file)});
    const [fields, draft, request] = JSON.parse(process.argv[1]);
    const driver = openPostgresDriver(fields);
    (async () => { ${work} })();`;
};

jest.setTimeout(30_000);

describeWithEngine("postgres", "a process with an open driver", (address) => {
  let world: PostgresWorld;
  const children: ChildProcess[] = [];

  const start = (work: string) => {
    const fields = {
      connectionString: `${address}?application_name=${world.schema}`,
      schema: world.schema,
    };
    const values = JSON.stringify([fields, draft, request]);
    const child = spawn(process.execPath, ["-e", toScript(work), values], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    children.push(child);
    return child;
  };
  const readLine = async (child: ChildProcess): Promise<string> =>
    String((await once(child.stdout!, "data"))[0]).trim();

  beforeAll(() => {
    compileProgram();
  }, 60_000);
  beforeEach(async () => {
    world = await openPostgresWorld(address);
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
    await world.close();
  });

  it("ends by itself when it has nothing more to do", async () => {
    const child = start(`await driver.enqueue("orders", [draft], 60);
      console.log((await driver.stats("orders")).ready);`);
    const ended = once(child, "exit");
    expect(await readLine(child)).toBe("1");
    expect(await ended).toEqual([0, null]);
  });

  it("does not load the client before a queue is used", async () => {
    const child = start(`console.log(
      Object.keys(require.cache).filter((file) => /node_modules.pg/.test(file)).length);`);
    expect(await readLine(child)).toBe("0");
  });

  it("makes the tables together with another that does so at the same time", async () => {
    const work = `process.stdin.once("data", async () => {
      console.log((await driver.enqueue("orders", [draft], 60))[0].status);
      process.stdin.destroy();
    });
    console.log("ready");`;
    const both = [start(work), start(work)];
    await Promise.all(both.map(readLine));
    for (const child of both) child.stdin?.write("go\n");
    const statuses = await Promise.all(both.map(readLine));
    expect(statuses.sort()).toEqual(["duplicate", "enqueued"]);
  });

  it("lives on when the server ends its connections while it is idle", async () => {
    const child = start(`await driver.ensure("orders");
      process.stdin.once("data", async () => {
        console.log((await driver.enqueue("orders", [draft], 60))[0].status);
        process.stdin.destroy();
      });
      console.log("ready");`);
    const ended = once(child, "exit");
    await readLine(child);
    const cut = await world.ask(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1",
      [world.schema],
    );
    expect(cut).toHaveLength(1);
    child.stdin?.write("go\n");
    expect(await readLine(child)).toBe("enqueued");
    expect(await ended).toEqual([0, null]);
  });

  it("22: that is killed loses its lease, and the message comes again", async () => {
    const child = start(`await driver.enqueue("orders", [draft], 60);
      const [message] = await driver.lease("orders", request);
      console.log(message.attempt);
      setInterval(() => undefined, 1000);`);
    const ended = once(child, "exit");
    expect(await readLine(child)).toBe("1");
    child.kill("SIGKILL");
    expect(await ended).toEqual([null, "SIGKILL"]);
    const driver = world.connect();
    expect(await driver.lease("orders", request)).toEqual([]);
    await world.advance(61);
    expect(await driver.lease("orders", request)).toMatchObject([{ body: "1", attempt: 2 }]);
    await driver.close();
  });
});
