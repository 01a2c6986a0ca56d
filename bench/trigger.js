import { createRequire } from "node:module";
import { differences, judge, median, spread } from "./measure/figures.js";
import { printMachine } from "./measure/machine.js";
import { measureInTurns } from "./measure/rounds.js";
import { printTable } from "./measure/table.js";
import { bundle } from "./measure/webpack.js";
import { context, params, toPayload } from "./trigger/invocation.js";
import { expect } from "./verify/delivery.js";

const TARGET_MICROSECONDS = 60;
const sizes = [
  { label: "1 kB", bytes: 1024 },
  { label: "64 kB", bytes: 65_536 },
];
const require = createRequire(import.meta.url);
const hookline = require("../dist/index.js").default;
const empty = require(await bundle("empty", "empty-component/index.ts")).default;

const toContenders = (payload, forged) => [
  {
    name: "empty trigger",
    isAsync: true,
    call: () => empty.triggers.hand.perform(context, payload, {}),
  },
  {
    name: "catchProviderWebhook, verified",
    isAsync: true,
    call: () => hookline.triggers.catchProviderWebhook.perform(context, payload, params),
  },
  {
    name: "catchProviderWebhook, forged, 401",
    isAsync: true,
    call: () =>
      hookline.triggers.catchProviderWebhook.perform(context, forged, {
        ...params,
        onRejection: "respond",
      }),
  },
];

/** The same delivery with one bit of its body changed. */
const forge = (payload) => {
  const data = Buffer.from(payload.rawBody.data);
  data[data.length >> 1] ^= 1;
  return { ...payload, rawBody: { ...payload.rawBody, data } };
};

const checkAnswers = async ([, verified, forged]) => {
  expect(true, (await verified.call()).payload.delivery.verified, verified.name);
  expect(false, (await forged.call()).branch !== "Rejected", forged.name);
};

printMachine("The trigger through the built bundle");
const rows = [];
for (const { label, bytes } of sizes) {
  const payload = toPayload(bytes);
  const contenders = toContenders(payload, forge(payload));
  await checkAnswers(contenders);
  const times = await measureInTurns(contenders, { rounds: 25, milliseconds: 80 });
  const base = times.get("empty trigger");
  for (const [name, microseconds] of times) {
    const above = differences(microseconds, base);
    const isTarget = label === "1 kB" && name.endsWith("verified");
    const verdict = isTarget
      ? `≤ ${TARGET_MICROSECONDS}: ${judge(median(above), TARGET_MICROSECONDS, false)}`
      : "";
    rows.push([`${label}: ${name}`, spread(microseconds), spread(above), verdict]);
  }
}
printTable(
  "perform, one call at a time",
  ["", "µs a call", "above the empty trigger", "target"],
  rows,
);
