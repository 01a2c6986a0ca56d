import { once } from "node:events";
import path from "node:path";
import { MessageChannel, Worker } from "node:worker_threads";
import type { Fields } from "../../../src/connections/connection";
import { openSqsDriver } from "../../../src/queue/drivers/sqs/driver";
import type { QueueWorld } from "../../contracts/queue/subject";

export interface SqsWorld extends QueueWorld {
  readonly fields: Fields;
}

export const toSqsFields = (endpoint: string): Fields => ({
  region: "eu-central-1",
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  sessionToken: "",
  endpoint,
});

/** SQS as an emulator in a thread of its own, whose clock is moved by writing into memory that both see. */
export const openSqsWorld = async (): Promise<SqsWorld> => {
  const memory = new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT);
  const offset = new Float64Array(memory);
  const { port1, port2: announce } = new MessageChannel();
  const worker = new Worker(path.join(__dirname, "sqs-emulator.mjs"), {
    workerData: { memory, announce },
    transferList: [announce],
  });
  const [address] = (await Promise.race([
    once(port1, "message"),
    once(worker, "error").then(([error]) => Promise.reject(error)),
  ])) as [string];
  port1.close();
  /** A test that forgets to close it does not keep its process alive. */
  worker.unref();
  const fields = toSqsFields(address);
  return {
    fields,
    connect: () => openSqsDriver(fields, { patienceSeconds: 0 }),
    advance: async (seconds) => {
      offset[0] = (offset[0] ?? 0) + seconds * 1000;
    },
    close: async () => {
      await worker.terminate();
    },
  };
};
