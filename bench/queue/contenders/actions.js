import { context } from "../../trigger/invocation.js";
import { keepClients, oneAtATime } from "../consume.js";

const toMessage = ({ lease, body }) => ({ ...body, lease });

/** The component's actions as the platform calls them: raw inputs, no state kept between two calls but what the process has. */
const toClient = ({ enqueueMessage, leaseMessages, acknowledgeMessage }, shared) => ({
  send: ({ id, key, number, text }) =>
    enqueueMessage.perform(context, {
      ...shared,
      orderingKey: String(key),
      dedupeKey: id,
      body: { key, number, text },
      delaySeconds: "",
      dedupeWindowSeconds: "",
    }),
  take: async (most) => {
    const { data } = await leaseMessages.perform(context, {
      ...shared,
      maximumMessages: String(most),
      maximumPerKey: "",
      leaseSeconds: "",
      maximumAttempts: "",
      backoffSeconds: "",
      maximumBackoffSeconds: "",
      onExhausted: "",
    });
    return data.messages.map(toMessage);
  },
  settle: async ([{ lease }]) => {
    const { queueConnection } = shared;
    const { data } = await acknowledgeMessage.perform(context, { queueConnection, lease });
    if (data.status !== "acknowledged") throw new Error(`The action said ${data.status}.`);
  },
  close: async () => {},
});

/** Hookline through `dist/index.js`: the same queue, and what Spectral and the inputs add. */
export const createActions = ({ actions }, hookline, fields) => ({
  ...hookline,
  name: "Hookline, through its actions",
  modes: [oneAtATime],
  open: async (name, keys) => {
    const queue = await hookline.open(name, keys);
    const key = `${hookline.server}Queue`;
    const queueConnection = { key, configVarKey: "Queue", fields };
    const shared = { queueConnection, queue: name };
    const { clients } = keepClients(async () => toClient(actions, shared));
    return { ...queue, clients };
  },
});
