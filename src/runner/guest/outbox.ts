import type { FromGuest, RunReport } from "../isolation/messages";
import type { GuestChannel } from "./channel";
import type { GuestLog } from "./log";

/** Collects what the guest has to say in one turn of the event loop into one message. */
export interface Outbox {
  readonly add: (part: Partial<FromGuest>) => void;
  readonly addReport: (report: RunReport) => void;
  readonly schedule: () => void;
  /** Sends everything at once, with a few last words; only the first call counts. */
  readonly flushNow: (lastWords: Partial<FromGuest>) => void;
}

export const createOutbox = (channel: GuestChannel, log: GuestLog): Outbox => {
  let parts: Partial<FromGuest> = {};
  let reports: RunReport[] = [];
  let isScheduled = false;
  let isOver = false;

  const take = (): FromGuest => {
    const logs = log.take();
    const message = {
      ...parts,
      ...(reports.length > 0 ? { reports } : {}),
      ...(logs.length > 0 ? { logs } : {}),
    };
    parts = {};
    reports = [];
    return message;
  };
  const schedule = (): void => {
    if (isScheduled || isOver) return;
    isScheduled = true;
    setImmediate(() => {
      isScheduled = false;
      channel.send(take());
    });
  };
  return {
    schedule,
    add: (part) => {
      parts = { ...parts, ...part };
      schedule();
    },
    addReport: (report) => {
      reports.push(report);
      schedule();
    },
    flushNow: (lastWords) => {
      if (isOver) return;
      isOver = true;
      channel.sendNow({ ...take(), ...lastWords });
    },
  };
};
