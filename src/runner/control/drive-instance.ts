import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { type ErrorCode, HooklineError } from "../../errors";
import type { LogLine } from "../isolation/messages";
import type { LifecycleReport, Operation } from "../lifecycle/operation";
import type { ControlEvent } from "./control-event";
import { findRunningInstance, readControlToken } from "./running-instance";

export interface DriveRequest {
  readonly operation: Operation;
  /** The only flow that it is about; all of them where there is none. */
  readonly flow?: string | undefined;
  readonly dataFolder: string;
  /** Gets what the component says meanwhile. */
  readonly onLog: (line: LogLine) => void;
}

const REMEDY = "name the data folder of a running one with --data";

const failed = (message: string, cause?: unknown): HooklineError =>
  new HooklineError("DELIVERY_FAILED", message, { cause });

const toControlUrl = (base: string, { operation, flow }: DriveRequest): string => {
  const url = new URL(`/instance/${operation}`, base);
  if (flow !== undefined) url.searchParams.set("flow", flow);
  return url.href;
};

const ask = async (request: DriveRequest): Promise<Response> => {
  const { url } = findRunningInstance(request.dataFolder, REMEDY);
  const token = readControlToken(request.dataFolder, REMEDY);
  const headers = { authorization: `Bearer ${token}` };
  try {
    return await fetch(toControlUrl(url, request), { method: "POST", headers, redirect: "error" });
  } catch (cause) {
    throw failed(
      `Nothing answers at ${url}: the runner of ${request.dataFolder} was ended without a chance to say so. Start it again with "hookline dev".`,
      cause,
    );
  }
};

const readEvents = async function* (response: Response): AsyncGenerator<ControlEvent> {
  const input = Readable.fromWeb(response.body as never);
  for await (const line of createInterface({ input })) yield JSON.parse(line);
};

const cutOff = (cause?: unknown): HooklineError =>
  failed("The runner ended before it was done. Start it again, and repeat the command.", cause);

const readReport = async (
  response: Response,
  onLog: DriveRequest["onLog"],
): Promise<LifecycleReport> => {
  for await (const { log, report, error } of readEvents(response)) {
    if (log) onLog(log);
    if (report) return report;
    if (error) throw new HooklineError(error.code as ErrorCode, error.message);
  }
  throw cutOff();
};

/**
 * Has the running instance do something, and tells what is said meanwhile.
 *
 * @throws HooklineError DELIVERY_FAILED where no runner is up, or the runner's own error.
 */
export const driveInstance = async (request: DriveRequest): Promise<LifecycleReport> => {
  const response = await ask(request);
  if (response.status !== 200) {
    throw failed(
      `The runner of ${request.dataFolder} refuses the command with status ${response.status}: it was started by another version, or another program has taken its port. Start it again with "hookline dev".`,
    );
  }
  try {
    return await readReport(response, request.onLog);
  } catch (error) {
    throw error instanceof HooklineError ? error : cutOff(error);
  }
};
