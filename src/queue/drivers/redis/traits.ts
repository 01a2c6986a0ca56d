import type { DriverTraits } from "../../driver-traits";

export const redisTraits: DriverTraits = {
  engine: "Redis",
  largestBodyBytes: 16_777_216,
  longestDelaySeconds: 2_592_000,
  usualDedupeWindowSeconds: 259_200,
  dedupeWindowIsFixed: false,
  tellsDuplicates: true,
  enqueuesAllOrNone: true,
  mostPerKey: 1000,
  canBlockKeys: true,
  namesOldestKeys: true,
};
