import { postgresTraits } from "../../../../src/queue/drivers/postgres/traits";
import { describeQueueContract } from "../../../contracts/queue/contract";
import { describeWithEngine } from "../../../support/queue/describe-with-engine";
import { openPostgresWorld } from "../../../support/queue/postgres-world";

describeWithEngine("postgres", "PostgreSQL", (address) => {
  describeQueueContract({
    name: "PostgreSQL",
    traits: postgresTraits,
    open: () => openPostgresWorld(address),
  });
});
