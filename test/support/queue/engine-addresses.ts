/** Where the engines are that a machine may have. A machine that has them elsewhere says so in these variables. */
export const engineAddresses = {
  postgres: process.env.HOOKLINE_TEST_POSTGRES ?? "postgres://postgres@127.0.0.1:5432/postgres",
  redis: process.env.HOOKLINE_TEST_REDIS ?? "redis://127.0.0.1:6379/0",
} as const;

export type EngineName = keyof typeof engineAddresses;

/** Set by the global setup: the engines that answer. */
export const FOUND = "HOOKLINE_FOUND_ENGINES";
/** Set where a missing engine is a failure, as in CI. */
export const REQUIRED = "HOOKLINE_REQUIRE_ENGINES";
