import { type DriverTraits, ownLimits } from "../../driver-traits";

export const postgresTraits: DriverTraits = { engine: "PostgreSQL", ...ownLimits };
