import type { LineSink } from "../console/line-writer";

/** What a command may touch of the process it runs in. */
export interface CommandIo {
  /** The file of this program, to start it again. */
  readonly program: string;
  readonly output: LineSink;
  readonly errors: LineSink;
  readonly wantsColours: boolean;
  /** Resolves with the first Ctrl-C or termination; a second one ends the process at once. */
  readonly waitForStop: () => Promise<void>;
}
