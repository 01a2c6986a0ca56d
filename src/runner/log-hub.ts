import type { LogLine } from "./isolation/messages";

/** Takes log lines to everybody who wants them at the moment. */
export interface LogHub {
  readonly write: (line: LogLine) => void;
  /** Also gives the lines to a listener while the work lasts. */
  readonly during: <Result>(
    listener: (line: LogLine) => void,
    work: () => Promise<Result>,
  ) => Promise<Result>;
}

export const createLogHub = (always: (line: LogLine) => void): LogHub => {
  const listeners = new Set<(line: LogLine) => void>([always]);
  return {
    write: (line) => {
      for (const listener of listeners) listener(line);
    },
    during: async (listener, work) => {
      listeners.add(listener);
      try {
        return await work();
      } finally {
        listeners.delete(listener);
      }
    },
  };
};
