import { openPgliteWorld } from "../../support/queue/pglite-world";
import { describeModel } from "./describe-model";

describeModel({ name: "PGlite", open: openPgliteWorld, usualRuns: 10, remembersEnds: true });
