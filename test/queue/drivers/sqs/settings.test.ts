import type { Fields } from "../../../../src/connections/connection";
import { openSqsDriver } from "../../../../src/queue/drivers/sqs/driver";
import { toQueueNames } from "../../../../src/queue/drivers/sqs/queue-names";
import { readSqsSettings } from "../../../../src/queue/drivers/sqs/settings";
import { toSqsFields } from "../../../support/queue/sqs-world";

const fields = toSqsFields("");

describe("the connection's fields", () => {
  it("are trimmed, and those that are empty left out", () => {
    const settings = readSqsSettings({ ...fields, region: " eu-west-1\n" });
    expect(settings).toMatchObject({ region: "eu-west-1", endpoint: undefined });
    expect(settings.credentials).not.toHaveProperty("sessionToken");
  });

  it.each<[Partial<Fields>, string]>([
    [{ region: "" }, "Region"],
    [{ region: "Frankfurt (eu)" }, "Region"],
    [{ region: "x.evil.example#" }, "Region"],
    [{ accessKeyId: " " }, "Access Key ID"],
    [{ secretAccessKey: "" }, "Secret Access Key"],
    [{ endpoint: "sqs.example" }, "Endpoint"],
    [{ endpoint: "ftp://sqs.example" }, "Endpoint"],
    [{ endpoint: "https://user:hunter2@sqs.example" }, "Endpoint"],
  ])("are refused by their label where they cannot be right: %j", (wrong, label) => {
    const open = () => openSqsDriver({ ...fields, ...wrong } as Fields);
    expect(open).toThrow(
      expect.objectContaining({
        code: "CONNECTION_INVALID",
        message: expect.stringContaining(`${label}:`),
      }),
    );
    expect(open).not.toThrow(/hunter2/);
  });

  it("tell where the queues are, and no secret", () => {
    expect(openSqsDriver(fields).place).toBe("eu-central-1");
    const endpoint = "https://sqs.example:8443/path";
    expect(openSqsDriver({ ...fields, endpoint }).place).toBe("eu-central-1 sqs.example:8443");
  });
});

describe("a queue's name", () => {
  it("gets the suffixes of FIFO queues", () => {
    const names = { messages: "orders.fifo", deadLetters: "orders-dead.fifo" };
    expect(toQueueNames("orders")).toEqual(names);
    expect(toQueueNames("orders.fifo")).toEqual(names);
  });

  it("has room for the suffixes", () => {
    const { messages, deadLetters } = toQueueNames("n".repeat(70));
    expect(messages).toHaveLength(75);
    expect(deadLetters).toHaveLength(80);
  });

  it.each([
    "",
    ".fifo",
    "a b",
    "a.b",
    "Zoë",
    "a/b",
    "n".repeat(71),
    "orders-dead",
    "orders-dead.fifo",
  ])("is refused where SQS would not take it: %j", (name) => {
    expect(() => toQueueNames(name)).toThrow(
      expect.objectContaining({
        code: "INPUT_INVALID",
        message: expect.stringContaining("Queue:"),
      }),
    );
  });
});
