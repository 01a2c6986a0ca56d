import type { DeliverySummary, RunReport } from "./isolation/messages";
import type { DeployedFlow } from "./platform/deployed-flow";

/** What became of one request; the console prints it. */
export interface DeliveryReport {
  /** The id under which the journal has it; null where the request was turned away before that. */
  readonly id: string | null;
  readonly flow: string | null;
  readonly status: number;
  readonly milliseconds: number;
  /** Whether whatever stands behind the trigger would run; also true for a 401 that the trigger itself answered. */
  readonly flowRan: boolean;
  readonly branch: string | null;
  readonly failure: string | null;
  readonly delivery: DeliverySummary | null;
  /** What the flow's trigger was told to expect, for requests that never became a delivery. */
  readonly expectedProvider: string | null;
}

/** The flow that a request was for. */
type RequestedFlow = Pick<DeployedFlow, "name" | "kind" | "guest">;

const readProvider = ({ guest: { params } }: RequestedFlow): string | null =>
  typeof params.provider === "string" && params.provider !== "" ? params.provider : null;

/** A request to a test URL runs the same flow, in another instance. */
const describeFlow = ({ name, kind }: RequestedFlow): string =>
  kind === "test" ? `${name} (listening)` : name;

export const toDeliveryReport = (
  id: string | null,
  flow: RequestedFlow | null,
  { answer, flowRan, branch, failure, delivery }: Omit<RunReport, "run">,
  milliseconds: number,
): DeliveryReport => ({
  id,
  flow: flow && describeFlow(flow),
  status: answer.status,
  milliseconds,
  flowRan,
  branch,
  failure,
  delivery,
  expectedProvider: flow && readProvider(flow),
});
