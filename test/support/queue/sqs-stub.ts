import { createHash } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import type { QueueDriver } from "../../../src/queue/driver";
import { openSqsDriver } from "../../../src/queue/drivers/sqs/driver";
import { toSqsFields } from "./sqs-world";

/** What a test looks at, whichever action it is. */
interface StubInput {
  readonly QueueName: string;
  readonly QueueUrl: string;
  readonly ReceiptHandle: string;
  readonly VisibilityTimeout: number;
  readonly WaitTimeSeconds: number;
  readonly MaxNumberOfMessages: number;
  readonly ReceiveRequestAttemptId: string;
  readonly Attributes: Readonly<Record<string, string>>;
  readonly Entries: readonly {
    readonly Id: string;
    readonly MessageBody: string;
    readonly MessageGroupId: string;
    readonly MessageDeduplicationId: string;
    readonly ReceiptHandle: string;
  }[];
}

export interface StubCall {
  readonly action: string;
  readonly input: StubInput;
  readonly headers: IncomingHttpHeaders;
}

/** An error as SQS puts it into an answer. */
export interface Refusal {
  readonly status?: number;
  readonly code: string;
  readonly message?: string;
  readonly headers?: Headers;
}

type Headers = Readonly<Record<string, string>>;
type Reply =
  | { readonly refusal: Refusal }
  | { readonly output: object; readonly headers: Headers }
  | "no answer";

/** What SQS answers to one action. `undefined` leaves it to the usual answer. */
export type Script = (call: StubCall, turn: number) => Reply | undefined;

export interface SqsStub {
  readonly driver: QueueDriver;
  readonly calls: readonly StubCall[];
  /** The inputs of one action, in order. */
  readonly inputsOf: (action: string) => StubInput[];
}

export const refuse = (code: string, message = "", more: Partial<Refusal> = {}): Reply => ({
  refusal: { code, message, ...more },
});

export const answer = (output: object, headers: Headers = {}): Reply => ({ output, headers });

const toHash = (text: string): string => createHash("md5").update(text).digest("hex");

/** With the checksum that the SDK looks for. */
export const handOut = <Message extends { readonly Body: string }>(
  messages: readonly Message[],
  headers: Headers = {},
): Reply =>
  answer({ Messages: messages.map((one) => ({ ...one, MD5OfBody: toHash(one.Body) })) }, headers);

/** https://github.com/aws/aws-sdk-js/issues/1279 */
export const expiredReceipt = refuse(
  "InvalidParameterValue",
  "Value AQEBxyz for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.",
);

const usual: Readonly<Record<string, (input: StubInput) => object>> = {
  GetQueueUrl: ({ QueueName }) => ({ QueueUrl: `https://sqs.example/1/${QueueName}` }),
  SendMessageBatch: ({ Entries }) => ({
    Successful: Entries.map(({ Id, MessageBody }) => ({
      Id,
      MessageId: `sent-${Id}`,
      MD5OfMessageBody: toHash(MessageBody),
    })),
  }),
};

const stops: (() => void)[] = [];

/** For `afterEach`. */
export const closeStubs = (): void => {
  for (const stop of stops.splice(0)) stop();
};

/** A server that gives the documented answers of SQS which the emulator does not give, and a driver that talks to it. */
export const openSqsStub = async (script: Script): Promise<SqsStub> => {
  const calls: StubCall[] = [];
  const reply = (call: StubCall): Reply => {
    const turn = calls.filter(({ action }) => action === call.action).length;
    return script(call, turn) ?? answer(usual[call.action]?.(call.input) ?? {});
  };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const action = String(request.headers["x-amz-target"]).replace("AmazonSQS.", "");
    const input = JSON.parse(Buffer.concat(chunks).toString()) as StubInput;
    const call = { action, input, headers: request.headers };
    calls.push(call);
    const given = reply(call);
    if (given === "no answer") return request.socket.destroy();
    const type = { "content-type": "application/x-amz-json-1.0" };
    if ("output" in given) {
      response.writeHead(200, { ...type, ...given.headers });
      return response.end(JSON.stringify(given.output));
    }
    const { status = 400, code, message, headers } = given.refusal;
    response.writeHead(status, { ...type, ...headers });
    return response.end(JSON.stringify({ __type: `com.amazonaws.sqs#${code}`, message }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const driver = openSqsDriver(toSqsFields(`http://127.0.0.1:${port}`));
  stops.push(() => {
    void driver.close();
    server.close();
    server.closeAllConnections();
  });
  return {
    driver,
    calls,
    inputsOf: (action) => calls.filter((call) => call.action === action).map(({ input }) => input),
  };
};
