import { postgresTraits } from "../../../../src/queue/drivers/postgres/traits";
import { describeQueueContract } from "../../../contracts/queue/contract";
import { openPgliteWorld } from "../../../support/queue/pglite-world";

describeQueueContract({
  name: "PGlite, over its socket",
  traits: postgresTraits,
  open: openPgliteWorld,
});
