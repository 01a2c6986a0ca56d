import { createServer, request as forward } from "node:http";
import type { AddressInfo } from "node:net";
import { HooklineError } from "../../../../src/errors";
import { openSqsDriver } from "../../../../src/queue/drivers/sqs/driver";
import { createQueue, type Leased, type QueueAccess } from "../../../../src/queue/queue";
import { acknowledge, deadLetter, release } from "../../../../src/queue/settle";
import { createChance } from "../../../support/queue/chance";
import { openSqsWorld, type SqsWorld } from "../../../support/queue/sqs-world";

const SEED = Number(process.env.HOOKLINE_TEST_SEED ?? 20_261_121);

/** Passes calls on, and cuts a part of them: some before SQS has them, some after. */
const openFlakyLine = async (address: string, chance: () => number) => {
  const { hostname, port } = new URL(address);
  const cuts = { before: 0, after: 0 };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    if (chance() < 0.1) {
      cuts.before += 1;
      request.socket.destroy();
      return;
    }
    const { method, url, headers } = request;
    forward({ hostname, port, method, path: url, headers, agent: false }, (answer) => {
      if (chance() < 0.1) {
        cuts.after += 1;
        answer.resume();
        request.socket.destroy();
        return;
      }
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    }).end(Buffer.concat(chunks));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const own = server.address() as AddressInfo;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { address: `http://127.0.0.1:${own.port}`, cuts, close };
};

/** As the step of a flow does: again, where that may help. */
const insist = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof HooklineError && error.retryable) return insist(work);
    throw error;
  }
};

const wish = {
  maximumMessages: 4,
  maximumPerKey: 1,
  leaseSeconds: 30,
  maximumAttempts: 1000,
  backoffSeconds: 0,
  maximumBackoffSeconds: 0,
  onExhausted: "deadLetter",
} as const;

const drafts = Array.from({ length: 48 }, (_, index) => ({
  orderingKey: `key ${index % 4}`,
  dedupeKey: String(index),
  body: index,
}));
const isPoison = (number: number): boolean => number % 10 === 7;

/** Handles everything there is, and tells what was acknowledged. */
const consume = async (
  access: QueueAccess,
  advance: (seconds: number) => Promise<void>,
  chance: () => number,
): Promise<number[]> => {
  const queue = createQueue(access, "flaky");
  const acknowledged: number[] = [];
  const handle = async ({ lease, body }: Leased): Promise<void> => {
    const again = { delaySeconds: 0, reason: "" };
    if (isPoison(body as number)) await insist(() => deadLetter(access, lease, "poison"));
    else if (chance() < 0.1) await insist(() => release(access, lease, again));
    else if ((await insist(() => acknowledge(access, lease))).status === "acknowledged")
      acknowledged.push(body as number);
  };
  for (;;) {
    const messages = await insist(() => queue.lease(wish));
    for (const message of messages) await handle(message);
    if (messages.length > 0) continue;
    const { ready, leased } = await insist(queue.status);
    if (ready + leased === 0) return acknowledged;
    /** What a lost answer has leased comes back by its time. */
    await advance(61);
  }
};

describe(`a line that is cut now and then (seed ${SEED})`, () => {
  let world: SqsWorld;
  let line: Awaited<ReturnType<typeof openFlakyLine>>;
  const chance = createChance(SEED);
  beforeAll(async () => {
    world = await openSqsWorld();
    line = await openFlakyLine(world.fields.endpoint ?? "", chance);
  }, 60_000);
  afterAll(async () => {
    line.close();
    await world.close();
  });

  it("loses nothing, breaks no order, and keeps each dead letter once", async () => {
    const fields = { ...world.fields, endpoint: line.address };
    const driver = openSqsDriver(fields, { patienceSeconds: 0 });
    const access = { connection: "sqsQueue", driver };
    const queue = createQueue(access, "flaky");
    await insist(queue.ensure);
    await insist(() => queue.enqueue(drafts));
    const acknowledged = await consume(access, world.advance, chance);
    for (const key of [0, 1, 2, 3]) {
      const numbers = acknowledged.filter((number) => number % 4 === key);
      expect(numbers).toEqual([...new Set(numbers)].sort((one, other) => one - other));
    }
    const poison = drafts.map(({ body }) => body).filter(isPoison);
    /** What a lost answer has taken out of the list comes back by its time. */
    await world.advance(301);
    const direct = world.connect();
    const { deadLetters } = await createQueue(
      { ...access, driver: direct },
      "flaky",
    ).listDeadLetters(100, null);
    expect(deadLetters.map(({ body }) => body)).toEqual(poison);
    expect(acknowledged).toHaveLength(drafts.length - poison.length);
    expect(line.cuts.before).toBeGreaterThan(0);
    expect(line.cuts.after).toBeGreaterThan(0);
    await driver.close();
    await direct.close();
  }, 60_000);
});
