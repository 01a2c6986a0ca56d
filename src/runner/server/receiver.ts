import type { IncomingMessage, ServerResponse } from "node:http";
import { type DeliveryReport, toDeliveryReport } from "../delivery-report";
import type { ComponentHost } from "../isolation/component-host";
import type { Answer, RunReport } from "../isolation/messages";
import { toUnrunReport } from "../isolation/unrun-report";
import type { Journal } from "../journal/journal";
import type { DeployedFlow } from "../platform/deployed-flow";
import type { Limits } from "../platform/limits";
import {
  type AcceptedRequest,
  acceptRequest,
  toCapturedRequest,
  toRunCall,
} from "./accepted-request";
import type { Admission } from "./admission";
import { createByteBudget } from "./byte-budget";
import type { EndpointTarget } from "./endpoint";
import { readBody } from "./read-body";
import { respond, toRefusal } from "./respond";
import { turnAway } from "./turn-away";

export interface ReceiverOptions {
  readonly admit: Admission;
  readonly host: ComponentHost;
  readonly journal: Journal | undefined;
  readonly limits: Limits;
  readonly onDelivery: (report: DeliveryReport) => void;
}

/** Takes requests for flows from the socket to the answer. */
export interface Receiver {
  readonly receive: (
    request: IncomingMessage,
    response: ServerResponse,
    target: EndpointTarget,
  ) => Promise<void>;
  /** From now on connections end with their answer; resolves when every complete request has one. */
  readonly finish: () => Promise<void>;
}

const NOT_SAVED =
  "The request could not be saved to the journal, so it was not processed. Send it again later.";
const BUSY = "Too many requests are being processed. Send it again later.";

const refuseBody = (kind: "too-large" | "too-busy", limits: Limits): Answer =>
  kind === "too-large"
    ? toRefusal(413, `The body is larger than ${limits.bodyBytes} bytes.`)
    : toRefusal(429, BUSY, ["retry-after", "1"]);

/** Saves a request and only then has its flow run. */
const createRun = ({ host, journal }: ReceiverOptions) => {
  let lastRun = 0;
  return async (accepted: AcceptedRequest): Promise<Omit<RunReport, "run">> => {
    lastRun += 1;
    const call = toRunCall(accepted, lastRun);
    try {
      if (journal) await journal.append(toCapturedRequest(accepted));
    } catch {
      return toUnrunReport(
        toRefusal(503, NOT_SAVED, ["retry-after", "5"]),
        "the journal cannot save it",
      );
    }
    return host.run(call, accepted.body);
  };
};

export const createReceiver = (options: ReceiverOptions): Receiver => {
  const { admit, limits, onDelivery } = options;
  const budget = createByteBudget(limits.heldBodyBytes);
  const run = createRun(options);
  let unanswered = 0;
  let onIdle: (() => void) | undefined;

  const answer = async (response: ServerResponse, accepted: AcceptedRequest): Promise<void> => {
    const started = performance.now();
    unanswered += 1;
    try {
      const report = await run(accepted);
      respond(response, report.answer, onIdle !== undefined);
      const milliseconds = performance.now() - started;
      onDelivery(toDeliveryReport(accepted.id, accepted.flow, report, milliseconds));
    } finally {
      budget.giveBack(accepted.body.length);
      unanswered -= 1;
      if (unanswered === 0) onIdle?.();
    }
  };
  const receive: Receiver["receive"] = async (request, response, target) => {
    const refuse = (refusal: Answer, flow: DeployedFlow | null, why: string): void => {
      turnAway(request, response, refusal);
      onDelivery(toDeliveryReport(null, flow, toUnrunReport(refusal, why), 0));
    };
    const admitted = admit(request, target.endpoint);
    if (admitted.refusal) {
      return refuse(admitted.refusal, admitted.flow ?? null, admitted.why);
    }
    const outcome = await readBody(request, limits.bodyBytes, budget);
    if (outcome.kind === "aborted") return;
    if (outcome.kind === "read") {
      return answer(response, acceptRequest(request, target, admitted, outcome.body));
    }
    refuse(refuseBody(outcome.kind, limits), admitted.flow, outcome.kind);
  };
  const finish = (): Promise<void> =>
    new Promise((resolve) => {
      onIdle = resolve;
      if (unanswered === 0) resolve();
    });
  return { receive, finish };
};
