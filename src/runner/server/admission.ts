import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Answer } from "../isolation/messages";
import type { DeployedFlow } from "../platform/deployed-flow";
import { readHeader } from "../platform/headers";
import type { PlatformUnknowns } from "../platform/unknowns";
import { toRefusal } from "./respond";

/** A flow and its position among the deployed ones. */
export interface Admitted {
  readonly flow: DeployedFlow;
  readonly index: number;
  readonly refusal?: undefined;
}

interface Refused {
  readonly flow?: DeployedFlow;
  readonly refusal: Answer;
  readonly why: string;
}

/** Decides from the head of a request alone whether a flow may see it. */
export type Admission = (request: IncomingMessage, endpoint: string) => Admitted | Refused;

const toDigest = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Keys are compared by digest, so that the time it takes tells nothing about them. */
const createKeyCheck = (flows: readonly DeployedFlow[]) => {
  const digests = new Map(flows.map((flow) => [flow, new Set(flow.apiKeys.map(toDigest))]));
  return (request: IncomingMessage, flow: DeployedFlow): boolean => {
    if (flow.apiKeys.length === 0) return true;
    const key = readHeader(request.rawHeaders, "api-key");
    return key !== undefined && digests.get(flow)?.has(toDigest(key)) === true;
  };
};

export const createAdmission = (
  flows: readonly DeployedFlow[],
  unknowns: PlatformUnknowns,
): Admission => {
  const byEndpoint = new Map(flows.map((flow, index) => [flow.endpoint, { flow, index }]));
  const hasKey = createKeyCheck(flows);
  const methods = unknowns.answeredMethods;
  const methodList = methods.join(", ");

  return (request, endpoint) => {
    const admitted = byEndpoint.get(endpoint);
    if (!admitted) {
      const refusal = toRefusal(404, "No flow has this URL. GET / lists the flows.");
      return { refusal, why: "no such flow" };
    }
    const { flow } = admitted;
    if (!methods.includes(request.method ?? "")) {
      const refusal = toRefusal(405, `A flow answers ${methodList}.`, ["allow", methodList]);
      return { flow, refusal, why: `method ${request.method}` };
    }
    if (hasKey(request, flow)) return admitted;
    const message = "This flow wants its API key in the header Api-Key.";
    return { flow, refusal: toRefusal(unknowns.missingKeyStatus, message), why: "no API key" };
  };
};
