import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { RunCall } from "../isolation/messages";
import type { CapturedRequest } from "../journal/captured-request";
import { toRelayId, toStartedAt } from "../platform/identifiers";
import type { Admitted } from "./admission";
import type { EndpointTarget } from "./endpoint";

/** A request that a flow will see, complete, under the id that it has everywhere. */
export interface AcceptedRequest extends Admitted {
  readonly id: string;
  readonly receivedAt: Date;
  readonly request: IncomingMessage;
  readonly target: EndpointTarget;
  readonly body: Buffer;
}

export const acceptRequest = (
  request: IncomingMessage,
  target: EndpointTarget,
  { flow }: Admitted,
  body: Buffer,
): AcceptedRequest => ({
  id: randomUUID(),
  receivedAt: new Date(),
  request,
  target,
  flow,
  body,
});

const toPairs = (raw: readonly string[]): [string, string][] => {
  const pairs: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    pairs.push([raw[index] as string, raw[index + 1] as string]);
  }
  return pairs;
};

export const toCapturedRequest = (accepted: AcceptedRequest): CapturedRequest => ({
  id: accepted.id,
  receivedAt: accepted.receivedAt.toISOString(),
  flowId: accepted.flow.guest.key,
  method: accepted.request.method ?? "",
  url: accepted.request.url ?? "",
  headers: toPairs(accepted.request.rawHeaders),
  body: accepted.body,
});

export const toRunCall = (accepted: AcceptedRequest, run: number): RunCall => ({
  run,
  flow: accepted.flow.guest.key,
  executionId: toRelayId("InstanceExecutionResult", accepted.id),
  startedAt: toStartedAt(accepted.receivedAt),
  pathFragment: accepted.target.pathFragment,
  query: accepted.target.query,
  rawHeaders: accepted.request.rawHeaders,
  bodyBytes: accepted.body.length,
});
