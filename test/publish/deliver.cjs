/**
 * Runs in a process of its own, so that only the bundle is loaded: reads { bundle, trigger, payload, params } as JSON from
 * standard input, gives the payload to the trigger as the platform does, and writes { result } or { error } as JSON.
 */
const { text } = require("node:stream/consumers");

const quiet = () => undefined;
const levels = ["metric", "trace", "debug", "info", "log", "warn", "error"];
const logger = Object.fromEntries(levels.map((level) => [level, quiet]));

const deliver = async ({ bundle, trigger, payload, params }) => {
  const component = require(bundle).default;
  const rawBody = { ...payload.rawBody, data: Buffer.from(payload.rawBody.data, "base64") };
  const context = { logger, webhookUrls: {}, webhookApiKeys: {}, globalDebug: false };
  return component.triggers[trigger].perform(context, { ...payload, rawBody }, params);
};

const main = async () => {
  try {
    return { result: await deliver(JSON.parse(await text(process.stdin))) };
  } catch (error) {
    return { error: error.message };
  }
};

void main().then((outcome) => process.stdout.write(JSON.stringify(outcome)));
