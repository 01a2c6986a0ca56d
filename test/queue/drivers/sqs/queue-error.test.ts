import {
  answer,
  closeStubs,
  openSqsStub,
  type Refusal,
  refuse,
} from "../../../support/queue/sqs-stub";

afterEach(closeStubs);

/** What a caller reads when SQS refuses to tell the queue's attributes. */
const refusalOf = async (refusal: Refusal) => {
  const { driver } = await openSqsStub(({ action }) =>
    action === "GetQueueAttributes" ? { refusal } : undefined,
  );
  const error = await driver.stats("orders").then(
    () => undefined,
    (thrown: unknown) => thrown as Error,
  );
  return error!;
};

describe("what SQS refuses", () => {
  it.each([
    ["QueueDoesNotExist", 400, "The specified queue does not exist."],
    ["AWS.SimpleQueueService.NonExistentQueue", 400, "The specified queue does not exist."],
  ])("is a missing queue: %s", async (code, status, message) => {
    const error = await refusalOf({ code, status, message });
    expect(error).toMatchObject({
      code: "QUEUE_UNUSABLE",
      retryable: false,
      message: expect.stringContaining("Run Ensure Queue"),
    });
    expect(error.message).toContain("orders");
  });

  it("is a permission that is missing, and says which", async () => {
    const error = await refusalOf({
      code: "AccessDeniedException",
      status: 403,
      message:
        "User: arn:aws:iam::111122223333:user/flows is not authorized to perform: sqs:getqueueattributes on resource: arn:aws:sqs:eu-central-1:111122223333:orders.fifo because no identity-based policy allows the action",
    });
    expect(error).toMatchObject({ code: "CONNECTION_INVALID", retryable: false });
    expect(error.message).toContain("sqs:getqueueattributes");
  });

  it.each([
    ["UnrecognizedClientException", 403],
    ["InvalidClientTokenId", 403],
    ["SignatureDoesNotMatch", 403],
    ["IncompleteSignature", 400],
    ["MissingAuthenticationToken", 403],
    ["SomethingNew", 403],
  ])("is a wrong access key: %s", async (code, status) => {
    const error = await refusalOf({ code, status });
    expect(error).toMatchObject({ code: "CONNECTION_INVALID", retryable: false });
    expect(error.message).toContain("Secret Access Key");
  });

  it("is an expired token", async () => {
    const error = await refusalOf({ code: "ExpiredToken", status: 403 });
    expect(error).toMatchObject({ code: "CONNECTION_INVALID" });
    expect(error.message).toContain("expired");
  });

  it("never tells what was signed, because that holds the session token", async () => {
    const error = await refusalOf({
      code: "SignatureDoesNotMatch",
      status: 403,
      message: "The Canonical String should have been x-amz-security-token:FwoGZXIvYXdzEXAMPLE",
    });
    expect(JSON.stringify([error.message, String(error.cause)])).not.toContain("FwoGZX");
  });

  it.each([
    ["RequestThrottled", 400],
    ["ThrottlingException", 400],
    ["OverLimit", 400],
    ["KmsThrottled", 400],
    ["ServiceUnavailable", 503],
    ["InternalError", 500],
  ])("is worth another try: %s", async (code, status) => {
    const error = await refusalOf({ code, status });
    expect(error).toMatchObject({ code: "QUEUE_UNAVAILABLE", retryable: true });
  });

  it("is tried three times at most", async () => {
    const { driver, inputsOf } = await openSqsStub(() => refuse("RequestThrottled"));
    await expect(driver.remove("orders")).rejects.toMatchObject({ code: "QUEUE_UNAVAILABLE" });
    expect(inputsOf("GetQueueUrl")).toHaveLength(3);
  });

  it.each([["KmsDisabled"], ["UnsupportedOperation"]])(
    "is a queue that cannot be used: %s",
    async (code) => {
      const error = await refusalOf({ code, message: "in its own words" });
      expect(error).toMatchObject({
        code: "QUEUE_UNUSABLE",
        message: expect.stringContaining("in its own words"),
      });
    },
  );

  it("is signed again by the clock of SQS where ours is wrong", async () => {
    const date = new Date(Date.now() + 2 * 3_600_000).toUTCString();
    const { driver, calls } = await openSqsStub((_, turn) =>
      turn === 1
        ? refuse("InvalidSignatureException", "Signature expired", {
            status: 403,
            headers: { date },
          })
        : answer({ QueueUrl: "https://sqs.example/1/orders.fifo" }, { date }),
    );
    await driver.enqueue(
      "orders",
      [{ orderingKey: "a", dedupeKey: "1", body: "1", delaySeconds: 0 }],
      300,
    );
    const [first, second] = calls.map(({ headers }) => String(headers["x-amz-date"]).slice(0, 11));
    expect(second).not.toBe(first);
  });
});
