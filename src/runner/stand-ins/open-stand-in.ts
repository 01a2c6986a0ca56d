import { HooklineError } from "../../errors";
import type { Faults } from "../../stand-ins/stand-in";
import type { LocalStandIn } from "../../stand-ins/stand-ins";
import { type RunningStandIn, startStandIn } from "../../stand-ins/start-stand-in";
import { type Colours, toColours } from "../console/colours";
import { toClock } from "../console/delivery-line";
import { toPrintable } from "../console/printable";

export interface OpenOptions {
  readonly faults?: Partial<Faults>;
  readonly retryPauseMilliseconds?: number | undefined;
  readonly write: (line: string) => void;
  readonly colours?: Colours;
}

/** A stand-in at work, and what it is called. */
export interface OpenStandIn extends RunningStandIn {
  readonly name: string;
  readonly title: string;
  readonly headersByHand: Readonly<Record<string, string>> | undefined;
}

const toPortError = ({ standIn, port }: LocalStandIn, error: unknown): unknown =>
  error instanceof HooklineError && error.code === "PORT_TAKEN"
    ? new HooklineError(
        "PORT_TAKEN",
        `Port ${port} of the stand-in ${standIn.name} cannot be opened. Stop the program that has it, perhaps another one of this stand-in, or choose another port.`,
        { cause: error },
      )
    : error;

/**
 * Starts a stand-in that writes a line for each call of its API and each delivery.
 *
 * @throws HooklineError PORT_TAKEN, or INPUT_INVALID for a fault that cannot be.
 */
export const openStandIn = async (
  local: LocalStandIn,
  { faults = {}, retryPauseMilliseconds, write, colours = toColours(false) }: OpenOptions,
): Promise<OpenStandIn> => {
  const { name, title, headersByHand } = local.standIn;
  const onLine = (line: string): void =>
    write(`${colours.faint(toClock(new Date()))}  ${name}  | ${toPrintable(line)}`);
  const pause = retryPauseMilliseconds === undefined ? {} : { retryPauseMilliseconds };
  try {
    const running = await startStandIn(local.standIn, {
      port: local.port,
      faults,
      onLine,
      ...pause,
    });
    return { ...running, name, title, headersByHand };
  } catch (error) {
    throw toPortError(local, error);
  }
};

/** Starts several; where one cannot be started, none is left running. */
export const openStandIns = async (
  locals: readonly LocalStandIn[],
  options: OpenOptions,
): Promise<readonly OpenStandIn[]> => {
  const open: OpenStandIn[] = [];
  try {
    for (const local of locals) open.push(await openStandIn(local, options));
  } catch (error) {
    await closeStandIns(open);
    throw error;
  }
  return open;
};

export const closeStandIns = async (open: readonly OpenStandIn[]): Promise<void> => {
  await Promise.all(open.map(({ close }) => close()));
};
