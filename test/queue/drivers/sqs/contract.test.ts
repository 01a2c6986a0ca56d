import { sqsTraits } from "../../../../src/queue/drivers/sqs/traits";
import { describeQueueContract } from "../../../contracts/queue/contract";
import { openSqsWorld } from "../../../support/queue/sqs-world";

describeQueueContract({
  name: "Amazon SQS, as an emulator",
  traits: sqsTraits,
  open: openSqsWorld,
});
