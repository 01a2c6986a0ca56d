import type { OfferedConnection } from "../integration/offered-connection";

/** The embedded queue, as a connection of the kind that leads to PostgreSQL. */
export const toOffer = (connectionString: string): OfferedConnection => ({
  kind: "postgresQueue",
  input: "queueConnection",
  fields: { connectionString },
});
