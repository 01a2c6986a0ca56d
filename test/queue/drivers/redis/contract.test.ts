import { redisTraits } from "../../../../src/queue/drivers/redis/traits";
import { describeQueueContract } from "../../../contracts/queue/contract";
import { describeWithEngine } from "../../../support/queue/describe-with-engine";
import { openRedisWorld } from "../../../support/queue/redis-world";

describeWithEngine("redis", "Redis", (address) => {
  describeQueueContract({
    name: "The Redis driver",
    traits: redisTraits,
    open: () => openRedisWorld(address),
  });
});
