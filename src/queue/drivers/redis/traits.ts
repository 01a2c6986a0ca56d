import { type DriverTraits, ownLimits } from "../../driver-traits";

export const redisTraits: DriverTraits = { engine: "Redis", ...ownLimits };
