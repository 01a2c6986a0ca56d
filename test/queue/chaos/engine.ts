import type { Fields } from "../../../src/connections/connection";

/** A server of our own that can be killed. */
export interface Engine {
  readonly version: string;
  readonly fields: Fields;
  /** With kill -9. It is started again at once. */
  readonly kill: () => void;
  readonly stop: () => Promise<void>;
}
