import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Answer } from "../isolation/messages";
import type { DeployedFlow } from "../platform/deployed-flow";
import { readHeader } from "../platform/headers";
import type { PlatformUnknowns } from "../platform/unknowns";
import { toRefusal } from "./respond";

export interface Admitted {
  readonly flow: DeployedFlow;
  readonly refusal?: undefined;
}

/** A flow that has a URL. */
export interface ServedFlow {
  readonly flow: DeployedFlow;
  /** Why it lets nothing in at present. */
  readonly closed?:
    | { readonly status: number; readonly message: string; readonly why: string }
    | undefined;
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
const createKeyCheck = (served: readonly ServedFlow[]) => {
  const digests = new Map(served.map(({ flow }) => [flow, new Set(flow.apiKeys.map(toDigest))]));
  return (request: IncomingMessage, flow: DeployedFlow): boolean => {
    if (flow.apiKeys.length === 0) return true;
    const key = readHeader(request.rawHeaders, "api-key");
    return key !== undefined && digests.get(flow)?.has(toDigest(key)) === true;
  };
};

export const createAdmission = (
  served: readonly ServedFlow[],
  unknowns: PlatformUnknowns,
): Admission => {
  const byEndpoint = new Map(served.map((entry) => [entry.flow.endpoint, entry]));
  const hasKey = createKeyCheck(served);
  const methods = unknowns.answeredMethods;
  const methodList = methods.join(", ");

  return (request, endpoint) => {
    const entry = byEndpoint.get(endpoint);
    if (!entry) {
      const refusal = toRefusal(404, "No flow has this URL. GET / lists the flows.");
      return { refusal, why: "no such flow" };
    }
    const { flow, closed } = entry;
    if (closed) return { flow, refusal: toRefusal(closed.status, closed.message), why: closed.why };
    if (!methods.includes(request.method ?? "")) {
      const refusal = toRefusal(405, `A flow answers ${methodList}.`, ["allow", methodList]);
      return { flow, refusal, why: `method ${request.method}` };
    }
    if (hasKey(request, flow)) return { flow };
    const message = "This flow wants its API key in the header Api-Key.";
    return { flow, refusal: toRefusal(unknowns.missingKeyStatus, message), why: "no API key" };
  };
};
