import { median, ratios } from "../measure/figures.js";
import { flatness, flatnessBesideServer } from "./flatness.js";
import { COMMIT, ROUND_TRIP } from "./limits.js";

const LEAST_FLATNESS = 0.8;

const overPeer = (rates, peer, mode = "") =>
  median(
    ratios(rates.get(mode ? "Hookline, one at a time" : "Hookline"), rates.get(`${peer}${mode}`)),
  );

const toFlatnessTargets = (name, growth) => [
  {
    what: `${name}, most queued : fewest`,
    figure: flatness(growth, "Hookline"),
    least: LEAST_FLATNESS,
  },
  {
    what: `${name}, the same, beside the server's own`,
    figure: flatnessBesideServer(growth, "Hookline"),
    least: LEAST_FLATNESS,
  },
];

const toPostgresTargets = ({ growth }) => {
  const [few, many] = Object.keys(growth);
  return [
    {
      what: `PostgreSQL, times pg-boss at ${few}`,
      figure: overPeer(growth[few], "pg-boss"),
      least: 5,
    },
    {
      what: `PostgreSQL, times pg-boss at ${many}`,
      figure: overPeer(growth[many], "pg-boss"),
      least: 30,
    },
    ...toFlatnessTargets("PostgreSQL", growth),
  ];
};

const toRedisTargets = ({ growth, cells }) => [
  ...cells
    .filter(({ cell }) => cell.keys === 100)
    .flatMap(({ cell, rates }) =>
      ["groupmq", "BullMQ"].flatMap((peer) =>
        [", one at a time", ", its own worker"].map((mode) => ({
          what: `Redis, times ${peer}${mode}, ${cell.consumers}c`,
          figure: overPeer(rates, peer, mode),
          least: 1,
        })),
      ),
    ),
  ...toFlatnessTargets("Redis", growth),
];

export const toTargets = ({ postgres, redis }) => [
  ...toPostgresTargets(postgres),
  ...toRedisTargets(redis),
];

/** Beside the physical limit: enqueueing is one commit or round trip, leasing and acknowledging are two. */
export const toShares = (limits, { postgres, redis }) => {
  const toRows = (name, { sending, cells }, limit) =>
    [1, 8].flatMap((count) => {
      const bound = limits.get(`${limit} x${count}`);
      const { rates } = cells.find(({ cell }) => cell.keys === 100 && cell.consumers === count);
      const consumed = rates.get("Hookline, one at a time");
      const sent = sending[count].get("Hookline");
      return [
        { what: `${name}, enqueue x${count}`, limit, calls: 1, own: sent, bound },
        { what: `${name}, consume, 100 keys, ${count}c`, limit, calls: 2, own: consumed, bound },
      ];
    });
  return [...toRows("PostgreSQL", postgres, COMMIT), ...toRows("Redis", redis, ROUND_TRIP)];
};
