import { createRequire } from "node:module";
import { judge, median, ratios, spread } from "./measure/figures.js";
import { printMachine } from "./measure/machine.js";
import { measureInTurns } from "./measure/rounds.js";
import { printTable } from "./measure/table.js";
import { bundle } from "./measure/webpack.js";
import { expect, toBody } from "./verify/delivery.js";
import { toContenders as github } from "./verify/github.js";
import { toContenders as standardWebhooks } from "./verify/standard-webhooks.js";
import { toContenders as stripe } from "./verify/stripe.js";

const sizes = [
  { label: "1 kB", bytes: 1024, share: 0.7, ofJavaScript: 3 },
  { label: "64 kB", bytes: 65_536, share: 0.9, ofJavaScript: 10 },
  { label: "1 MB", bytes: 1_048_576, share: 0.95, ofJavaScript: 10 },
];
const schemes = { GitHub: github, Stripe: stripe, "Standard Webhooks": standardWebhooks };
const turns = { rounds: 9, milliseconds: 60 };

const checkAnswers = async (contenders, isGenuine) => {
  for (const { name, call } of contenders) expect(isGenuine, await call(), name);
};

const measure = async (toContenders, hookline, body, isGenuine) => {
  const contenders = toContenders(hookline, body, isGenuine);
  await checkAnswers(contenders, isGenuine);
  return measureInTurns(contenders, turns);
};

const toRows = (times, label) =>
  [...times].map(([name, microseconds]) => [
    `${label}: ${name}`,
    spread(microseconds),
    spread(ratios(times.get("node:crypto"), microseconds)),
    spread(ratios(microseconds, times.get("Hookline"))),
  ]);

const targets = [];
const aim = (what, figure, target, isAtLeast) =>
  targets.push([
    what,
    figure.toFixed(2),
    `${isAtLeast ? "≥" : "≤"} ${target}`,
    judge(figure, target, isAtLeast),
  ]);

const aimAtSize = ({ label, share, ofJavaScript }, scheme, accepted, rejected) => {
  const ours = accepted.get("Hookline");
  aim(
    `${scheme}, ${label}, of node:crypto`,
    median(ratios(accepted.get("node:crypto"), ours)),
    share,
    true,
  );
  for (const peer of ["standardwebhooks", "svix"])
    if (accepted.has(peer))
      aim(
        `${scheme}, ${label}, times ${peer}`,
        median(ratios(accepted.get(peer), ours)),
        ofJavaScript,
        true,
      );
  const ofBare = (times) => median(ratios(times.get("Hookline"), times.get("node:crypto")));
  const dearer = ofBare(rejected) / ofBare(accepted);
  aim(`${scheme}, ${label}, a rejection's share of an acceptance`, dearer, 1.05, false);
};

const hookline = createRequire(import.meta.url)(await bundle("verify", "verify/hookline.ts"));
printMachine("Verification", [
  "standardwebhooks",
  "svix",
  "@octokit/webhooks-methods",
  "stripe",
  "@hookflo/tern",
  "crypto-js",
]);
for (const [scheme, toContenders] of Object.entries(schemes)) {
  const rows = [];
  for (const size of sizes) {
    const body = toBody(size.bytes);
    const accepted = await measure(toContenders, hookline, body, true);
    const rejected = await measure(toContenders, hookline, body, false);
    rows.push(
      ...toRows(accepted, `${size.label}, accept`),
      ...toRows(rejected, `${size.label}, reject`),
    );
    aimAtSize(size, scheme, accepted, rejected);
  }
  printTable(
    scheme,
    ["", "µs a call", "speed, node:crypto = 1", "Hookline is so many times as fast"],
    rows,
  );
}
printTable("Targets", ["", "measured", "target", ""], targets);
