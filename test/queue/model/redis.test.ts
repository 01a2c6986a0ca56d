import { describeWithEngine } from "../../support/queue/describe-with-engine";
import { openRedisWorld } from "../../support/queue/redis-world";
import { describeModel } from "./describe-model";

describeWithEngine("redis", "Redis", (address) => {
  describeModel({
    name: "Redis",
    open: () => openRedisWorld(address),
    usualRuns: 50,
    remembersEnds: true,
  });
});
