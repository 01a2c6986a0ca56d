import { createQueueSteps } from "../../support/queue/queue-steps";

const connection = {
  key: "redisQueue",
  configVarKey: "Queue",
  fields: { url: "redis://127.0.0.1:1/0" },
};

const message = { orderingKey: "a", dedupeKey: "1", body: "x" };
const inputsOf: Record<string, object> = { enqueueMessage: message };

/** No engine answers there, so whatever is told is told before anything is sent. */
const tell = (action: string, inputs: object, queue = "orders"): Promise<string> =>
  createQueueSteps(connection, queue)
    .act(action, { ...inputsOf[action], ...inputs })
    .then(
      () => "nothing",
      (error: { code: string; message: string }) => `${error.code} ${error.message}`,
    );

const WHOLE = "enter a whole number from";

it.each([
  ["leaseMessages", { maximumMessages: "0" }, `Maximum Messages: ${WHOLE} 1 to 1000.`],
  ["leaseMessages", { maximumMessages: "many" }, `Maximum Messages: ${WHOLE} 1 to 1000.`],
  ["leaseMessages", { maximumPerKey: "1001" }, `Maximum Per Key: ${WHOLE} 1 to 1000.`],
  ["leaseMessages", { leaseSeconds: "-1" }, `Lease (Seconds): ${WHOLE} 1 to 43200.`],
  ["leaseMessages", { leaseSeconds: "43201" }, `Lease (Seconds): ${WHOLE} 1 to 43200.`],
  ["leaseMessages", { maximumAttempts: "1.5" }, `Maximum Attempts: ${WHOLE} 1 to 1000.`],
  ["leaseMessages", { backoffSeconds: "x" }, `Backoff (Seconds): ${WHOLE} 0 to 43200.`],
  ["leaseMessages", { maximumBackoffSeconds: "1e9" }, `Maximum Backoff (Seconds): ${WHOLE} 0 to`],
  ["leaseMessages", { onExhausted: "drop" }, "On Exhausted: choose one of deadLetter, block."],
  ["leaseMessages", { queue: " " }, "Queue: enter the name of the queue."],
  ["leaseMessages", { queue: "x".repeat(201) }, "Queue: use at most 200 characters"],
  ["enqueueMessage", { orderingKey: "" }, "Ordering Key: it is empty. Reference what"],
  ["enqueueMessage", { orderingKey: undefined }, "Ordering Key: it is empty. Reference what"],
  ["enqueueMessage", { orderingKey: { id: 42 } }, "Ordering Key: it is not a text or a number."],
  ["enqueueMessage", { dedupeKey: "  " }, "Dedupe Key: it is empty. Reference what"],
  ["enqueueMessage", { dedupeKey: ["1"] }, "Dedupe Key: it is not a text or a number."],
  ["enqueueMessage", { orderingKey: "x".repeat(4097) }, "Ordering Key: it has more than 4096"],
  ["enqueueMessage", { body: undefined }, "Body: enter or reference what the message holds."],
  ["enqueueMessage", { body: "x".repeat(16_777_216) }, "Body: it has 16777218 bytes, and Redis"],
  ["enqueueMessage", { delaySeconds: "-1" }, `Delay (Seconds): ${WHOLE} 0 to 2592000.`],
  ["enqueueMessage", { dedupeWindowSeconds: "0" }, `Dedupe Window (Seconds): ${WHOLE} 1 to 25920`],
  ["enqueueDelivery", { delivery: "" }, "Delivery: reference payload.delivery of the trigger's"],
  ["enqueueDelivery", { delivery: { provider: "a", events: [{}] } }, "Delivery: event 1 has no id"],
  ["acknowledgeMessage", { lease: "" }, "Lease: it is empty. Reference the lease of a message"],
  ["acknowledgeMessages", { leases: [] }, "Leases: reference from 1 to 1000 leases."],
  ["listDeadLetters", { limit: "1001" }, `Limit: ${WHOLE} 1 to 1000.`],
  ["removeDeadLetters", { ids: [""] }, "IDs: enter or reference the id of at least one dead"],
  ["removeDeadLetters", {}, "IDs: enter or reference the id of at least one dead letter"],
  ["removeQueue", { evenIfFilled: "yes" }, "Even If Filled: enter true or false."],
])("%s says what is wrong with %j", async (action, inputs, told) => {
  expect(await tell(action, inputs)).toContain(`INPUT_INVALID ${told}`);
});

it.each(["acknowledgeMessage", "releaseMessage", "deadLetterMessage", "extendLease"])(
  "%s says that a text is no lease",
  async (action) => {
    expect(await tell(action, { lease: "hookline1.abc.def" })).toContain(
      "LEASE_INVALID Lease: this is not a lease, or it was changed or cut off on its way.",
    );
  },
);
