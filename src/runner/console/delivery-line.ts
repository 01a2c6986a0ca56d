import type { DeliveryReport } from "../delivery-report";
import type { Colours } from "./colours";
import { toWord } from "./printable";

const REJECTION = /^Webhook rejected: (.+)$/;
const NOTHING = "-";
/** Long enough for an error with its remedy. */
const VERDICT_CHARACTERS = 400;

const pad = (value: number, width: number): string => String(value).padStart(width, "0");

/** Local time of day, `14:03:27.061`. */
export const toClock = (time: Date): string =>
  `${pad(time.getHours(), 2)}:${pad(time.getMinutes(), 2)}:${pad(time.getSeconds(), 2)}.${pad(time.getMilliseconds(), 3)}`;

type Mood = "good" | "bad" | "attention";

const describeFailure = (failure: string): [Mood, string] => {
  const reason = REJECTION.exec(failure)?.[1];
  return ["bad", reason === undefined ? `failed: ${failure}` : `rejected: ${reason}`];
};

const REJECTED = "Rejected";

/** The verdict on a delivery in words, read from what any component may report. */
const describeVerdict = ({ failure, branch, delivery }: DeliveryReport): [Mood, string] => {
  if (failure !== null) return describeFailure(failure);
  if (branch === REJECTED) {
    return ["bad", delivery?.reason ? `rejected: ${delivery.reason}` : "rejected"];
  }
  if (delivery?.verified === true) return ["good", "verified"];
  if (delivery?.verified === false) return ["attention", "not verified"];
  return ["attention", "ran"];
};

const describeEnd = ({ status, flowRan }: DeliveryReport): string =>
  flowRan && status >= 400 ? `${status} (flow ran)` : String(status);

/** One line about one request: time, flow, provider, event type, verdict, branch, status, duration. */
export const toDeliveryLine = (report: DeliveryReport, time: Date, colours: Colours): string => {
  const [mood, verdict] = describeVerdict(report);
  const isFine = report.status < 400;
  return [
    colours.faint(toClock(time)),
    toWord(report.flow ?? NOTHING),
    toWord(report.delivery?.provider ?? report.expectedProvider ?? NOTHING),
    toWord(report.delivery?.type ?? NOTHING),
    colours[mood](toWord(verdict, VERDICT_CHARACTERS)),
    toWord(report.branch ?? NOTHING),
    colours[isFine ? "good" : "bad"](describeEnd(report)),
    colours.faint(`${report.milliseconds.toFixed(1)} ms`),
  ].join("  ");
};
