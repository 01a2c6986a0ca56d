import type { PlatformUnknowns } from "../platform/unknowns";
import type { HookOutcome, HookRound } from "./call-hooks";
import type { InstanceState, Loaded } from "./instance-state";

/** What the operations work with. */
export interface InstanceDesk {
  readonly unknowns: PlatformUnknowns;
  readonly load: () => Loaded;
  /** Nothing before the first deploy. */
  readonly current: () => InstanceState | undefined;
  /** From now on this is served. */
  readonly show: (state: InstanceState) => void;
  /** Shows again what was shown before; the component has nothing new to say of it. */
  readonly restore: (state: InstanceState) => void;
  /** Waits for what the component says of what is shown, before anything happens to it. */
  readonly hearOut: () => Promise<unknown>;
  readonly call: (round: HookRound) => Promise<HookOutcome>;
  /** Shows an instance that is gone: what was let in is finished first, then its state is dropped. */
  readonly retire: (state: InstanceState) => Promise<void>;
}
