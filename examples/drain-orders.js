/**
 * What the flows "Handle Orders" and "Redrive Orders" of ordered-orders.yml do, until the runner runs steps and schedules
 * itself: the same actions, out of the built component, with shorter pauses.
 *
 * Usage: node examples/drain-orders.js [data folder of the runner], beside "hookline dev examples/ordered-orders.yml".
 */
const { readFileSync } = require("node:fs");
const path = require("node:path");
const { setTimeout: pause } = require("node:timers/promises");
const { parse } = require("yaml");

const { actions } = require("../dist/index.js").default;

const folder = process.argv[2] ?? ".hookline";
const queue = "orders";
const orders = new Map();
let isStopping = false;
/** Whether somebody has put right what made events fail for good. */
let isRepaired = false;
let hasNews = false;
let hasBegun = false;
let isWaiting = false;

const write = (text) => process.stdout.write(`queue: ${text}\n`);

/** The runner leaves word of its embedded queue in its data folder. */
const readEmbedded = () => readFileSync(path.join(folder, "queue-connection"), "utf8").trim();

/** As the runner reads it: what the configuration says, or else the embedded queue. */
const readConnection = () => {
  const configuration = readFileSync(path.join(__dirname, "ordered-orders.config.yml"), "utf8");
  const { schema = "hookline", connectionString = readEmbedded() } =
    parse(configuration)["Order Queue"] ?? {};
  return {
    key: "postgresQueue",
    configVarKey: "Order Queue",
    fields: { connectionString, schema },
  };
};

const context = { logger: { ...console, info: () => undefined }, instanceState: {} };

/** The runner, or its queue, is still on its way, or is leaving. */
const isPassing = ({ code }) => code === "ENOENT" || code === "QUEUE_UNAVAILABLE";

/** Said once, for whoever named another data folder than the runner's. */
const tellWait = () => {
  if (!hasBegun && !isWaiting) write(`waiting for a runner with the data folder ${folder}`);
  isWaiting = true;
};

/** Runs an action, again if it got no answer: what it did all the same is not done twice. */
const act = async (key, inputs) => {
  for (;;) {
    try {
      const params = { queueConnection: readConnection(), ...inputs };
      return (await actions[key].perform(context, params)).data;
    } catch (error) {
      if (!isPassing(error)) throw error;
      if (isStopping) process.exit(0);
      tellWait();
      await pause(200);
    }
  }
};

/** The step "Handle Event": the work that an order's event is for. */
const handleEvent = ({ body, attempt }) => {
  const { note, total_price: total } = body.data;
  if (note === "fails at first" && attempt === 1) throw new Error("the warehouse did not answer");
  if (Number.isNaN(Number(total)) && !isRepaired) throw new Error("its total is not a number");
};

const describe = ({ body, attempt }) =>
  `order ${body.data.name}  ${body.type.replace("orders/", "").padEnd(9)}  attempt ${attempt}`;

const record = ({ body }) => {
  const seen = orders.get(body.data.name) ?? [];
  orders.set(body.data.name, [...seen, body.type.replace("orders/", "")]);
};

const outcomes = {
  released: "its order waits a moment, and is tried again",
  deadLettered: "set aside, and its order goes on",
  stale: "the lease is lost, so somebody else has it",
};

const settle = async (message) => {
  const { lease } = message;
  try {
    handleEvent(message);
  } catch (error) {
    const { status } = await act("releaseMessage", { lease, reason: error.message });
    write(`${describe(message)}  ${error.message}: ${outcomes[status]}`);
    return;
  }
  const { status } = await act("acknowledgeMessage", { lease });
  if (status === "acknowledged") record(message);
  write(`${describe(message)}  ${status}`);
};

const describeOrders = () =>
  [...orders].sort().map(([name, events]) => `order ${name}: ${events.join(", ")}`);

/** Nothing can be leased: puts back what was set aside, or says how things are. */
const lookAfter = async () => {
  const { ready, delayed, leased, dead } = await act("queueStatus", { queue });
  if (!hasNews || ready + delayed + leased > 0) return;
  if (dead > 0 && !isRepaired) {
    isRepaired = true;
    const { redriven } = await act("redriveDeadLetters", { queue, ids: [] });
    write(`the cause is put right, and ${redriven} dead letter(s) redriven, behind the others of the order`);
    return;
  }
  hasNews = false;
  write("nothing waits any more. Handled since this start, each event once, what was redriven last:");
  for (const line of describeOrders()) write(line);
};

const drainOnce = async () => {
  const { messages } = await act("leaseMessages", {
    queue,
    maximumMessages: "10",
    leaseSeconds: "60",
    maximumAttempts: "3",
    backoffSeconds: "1",
    onExhausted: "deadLetter",
  });
  if (!hasBegun) {
    write("drain-orders.js handles what is in it, each order's events one after another");
    hasBegun = true;
  }
  for (const message of messages) await settle(message);
  if (messages.length > 0) hasNews = true;
  else await lookAfter();
  return messages.length > 0;
};

const drain = async () => {
  while (!isStopping) {
    if (!(await drainOnce())) await pause(500);
  }
};

const stop = () => {
  isStopping = true;
};
process.on("SIGINT", stop);
process.on("SIGTERM", stop);
// The runner that it stands beside has ended.
process.on("disconnect", () => process.exit(0));
void drain().then(() => process.exit(0));
