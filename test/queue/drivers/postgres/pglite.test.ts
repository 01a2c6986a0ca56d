import { postgresTraits } from "../../../../src/queue/drivers/postgres/traits";
import { describeQueueContract } from "../../../contracts/queue/contract";
import { openPgliteWorld } from "../../../support/queue/pglite-world";

/** PGlite runs as WebAssembly, several times slower than PostgreSQL, and has to warm up. */
jest.setTimeout(30_000);

describeQueueContract({
  name: "PGlite, over its socket",
  traits: postgresTraits,
  open: openPgliteWorld,
});
