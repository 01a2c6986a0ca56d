import { describeWithEngine } from "../../support/queue/describe-with-engine";
import { openPostgresWorld } from "../../support/queue/postgres-world";
import { describeModel } from "./describe-model";

describeWithEngine("postgres", "PostgreSQL", (address) => {
  describeModel({
    name: "PostgreSQL",
    open: () => openPostgresWorld(address),
    usualRuns: 25,
    remembersEnds: true,
  });
});
