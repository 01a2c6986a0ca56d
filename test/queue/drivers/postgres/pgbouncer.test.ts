import { openPostgresDriver } from "../../../../src/queue/drivers/postgres/driver";
import { postgresTraits } from "../../../../src/queue/drivers/postgres/traits";
import { describeQueueContract } from "../../../contracts/queue/contract";
import { describeWithEngine } from "../../../support/queue/describe-with-engine";
import { isPgbouncerHere, startPgbouncer } from "../../../support/queue/pgbouncer";
import { openPostgresWorld } from "../../../support/queue/postgres-world";

const describePasswords = (address: string): void => {
  it.each([
    ["a wrong password", "wrong-pass"],
    ["no password", ""],
  ])("%s is the connection's fault", async (_, password) => {
    const proxy = await startPgbouncer(address, "right-pass");
    const url = new URL(proxy.address);
    url.username = "guest";
    url.password = password;
    const driver = openPostgresDriver({ connectionString: url.href });
    const refusal = await driver.stats("orders").catch((error: unknown) => error as Error);
    expect(refusal).toMatchObject({ code: "CONNECTION_INVALID", retryable: false });
    expect((refusal as Error).message).not.toMatch(/(wrong|right)-pass/);
    await driver.close();
    await proxy.close();
  });
};

const describeProxied = (address: string): void => {
  describePasswords(address);
  describeQueueContract({
    name: "PostgreSQL behind PgBouncer, a session for each transaction",
    traits: postgresTraits,
    open: async () => {
      const proxy = await startPgbouncer(address);
      const world = await openPostgresWorld(address);
      const { schema } = world;
      return {
        ...world,
        connect: () => openPostgresDriver({ connectionString: proxy.address, schema }),
        close: async () => {
          await world.close();
          await proxy.close();
        },
      };
    },
  });
};

if (isPgbouncerHere()) describeWithEngine("postgres", "PgBouncer", describeProxied);
else
  it("needs pgbouncer, which is not installed here: the contract is not run through it", () => {
    expect(isPgbouncerHere()).toBe(false);
  });
