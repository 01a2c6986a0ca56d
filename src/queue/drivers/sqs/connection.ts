import type { ConnectionKind } from "../../../connections/connection";

/** An AWS account, and a region of it. */
export const sqsQueue: ConnectionKind = {
  key: "sqsQueue",
  label: "Amazon SQS Queue",
  description: "An AWS account that keeps the queues as FIFO queues of Amazon SQS",
  fields: {
    region: {
      label: "Region",
      required: true,
      comments: "The AWS region that holds the queues.",
      example: "eu-central-1",
    },
    accessKeyId: {
      label: "Access Key ID",
      required: true,
      comments:
        "The id of the access key of a user who may call sqs:GetQueueUrl, GetQueueAttributes, SendMessage, ReceiveMessage, DeleteMessage and ChangeMessageVisibility, and to make and remove queues sqs:CreateQueue and DeleteQueue.",
      example: "AKIAIOSFODNN7EXAMPLE",
    },
    secretAccessKey: {
      label: "Secret Access Key",
      isSecret: true,
      required: true,
      comments: "The secret of the access key.",
    },
    sessionToken: {
      label: "Session Token",
      isSecret: true,
      comments: "The session token, for temporary credentials only.",
    },
    endpoint: {
      label: "Endpoint",
      comments:
        "The address of the service, where it is not Amazon's own for the region, such as a VPC endpoint or an emulator.",
      example: "https://vpce-0a1b2c3d-4e5f.sqs.eu-central-1.vpce.amazonaws.com",
    },
  },
};
