import { digits, judge, median, ratios, spread } from "../measure/figures.js";
import { printTable } from "../measure/table.js";
import { flatness, flatnessBesideServer } from "./flatness.js";
import { toLike } from "./sections.js";

const thousands = (number) => Math.round(number).toLocaleString("en");

/** Rates are large: whole numbers, median with least and most. */
const rateSpread = (rates) => {
  if (median(rates) < 100) return spread(rates);
  const [least, most] = [Math.min(...rates), Math.max(...rates)];
  return `${thousands(median(rates))} (${thousands(least)}–${thousands(most)})`;
};

const orDash = (rates, write) => (rates ? write(rates) : "–");

export const reportLimits = (limits) =>
  printTable(
    "The servers themselves, through the same clients",
    ["", "a second"],
    [...limits].map(([name, rates]) => [name, rateSpread(rates)]),
  );

export const reportSending = (name, rates) => {
  const ours = (producers) => rates[producers].get("Hookline");
  const rows = [...rates[1].keys()].map((contender) => [
    contender,
    ...[1, 8].flatMap((producers) => {
      const own = rates[producers].get(contender);
      return [rateSpread(own), spread(ratios(ours(producers), own))];
    }),
  ]);
  const header = ["", "x1", "Hookline is so many times as fast", "x8", "so many times as fast"];
  printTable(`${name}: enqueued a second, one message a call`, header, rows);
};

const labelOf = ({ keys, consumers }) =>
  `${keys.toLocaleString("en")} ${keys === 1 ? "key" : "keys"}, ${consumers}c`;

export const reportCells = (name, cells) => {
  const runs = [...new Set(cells.flatMap(({ rates }) => [...rates.keys()]))];
  const header = ["", ...cells.map(({ cell }) => labelOf(cell))];
  const absolute = runs.map((run) => [
    run,
    ...cells.map(({ rates }) => orDash(rates.get(run), rateSpread)),
  ]);
  printTable(`${name}: leased and acknowledged a second`, header, absolute);
  const peers = runs.filter((run) => run !== toLike(run));
  const relative = peers.map((run) => [
    run,
    ...cells.map(({ rates }) =>
      orDash(rates.get(run), (own) => spread(ratios(rates.get(toLike(run)), own))),
    ),
  ]);
  printTable(`${name}: Hookline is so many times as fast as`, header, relative);
  const broken = cells[0].breaks.map(({ name: run }) => [
    run,
    ...cells.map(({ breaks }) => breaks.find((found) => found.name === run).breaks),
  ]);
  if (broken.length > 0)
    printTable(`${name}: a key out of order, or in two hands, so often`, header, broken);
};

export const reportGrowth = (name, rates) => {
  const levels = Object.keys(rates).map(Number);
  const contenders = [...rates[levels[0]].keys()];
  const rows = contenders.map((contender) => [
    contender,
    ...levels.map((level) => rateSpread(rates[level].get(contender))),
    digits(flatness(rates, contender)),
    digits(flatnessBesideServer(rates, contender)),
  ]);
  const header = [
    "",
    ...levels.map((level) => level.toLocaleString("en")),
    "last / first",
    "beside the server's",
  ];
  printTable(
    `${name}: leased and acknowledged a second, 100 keys, 1c, with so many queued`,
    header,
    rows,
  );
  const ours = (level) => rates[level].get("Hookline");
  const relative = contenders
    .slice(1, -1)
    .map((contender) => [
      contender,
      ...levels.map((level) => spread(ratios(ours(level), rates[level].get(contender)))),
    ]);
  printTable(`${name}: Hookline is so many times as fast as`, header.slice(0, -2), relative);
};

/** A message is a call to lease it and one to acknowledge it, so two commits or round trips at the least. */
export const reportShares = (rows) =>
  printTable(
    "Hookline's share of what the server can do",
    ["", "of", "share"],
    rows.map(({ what, limit, calls, own, bound }) => [
      what,
      limit,
      digits((median(own) * calls) / median(bound)),
    ]),
  );

export const reportTargets = (targets) =>
  printTable(
    "Targets",
    ["", "measured", "target", ""],
    targets.map(({ what, figure, least }) => [
      what,
      digits(figure),
      `≥ ${least}`,
      judge(figure, least, true),
    ]),
  );
