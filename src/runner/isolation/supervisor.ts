import type { HooklineError } from "../../errors";
import type { ComponentDescription } from "./component-description";
import type { GuestLink } from "./guest-link";

export interface GuestEvents {
  readonly onLoad: (components: readonly ComponentDescription[]) => void;
  readonly onLoadFailure: (error: HooklineError) => void;
  readonly onEnd: (reason: string) => void;
}

export interface SupervisorOptions {
  readonly launch: (events: GuestEvents) => GuestLink;
  /** A loaded guest ended by itself or was killed; a new one is being started. */
  readonly onStop: (reason: string) => void;
  /** A restarted guest did not load; nobody is there to run anything. */
  readonly onUnloadable: (error: HooklineError) => void;
}

/** Keeps one guest alive. */
export interface Supervisor {
  readonly start: () => Promise<readonly ComponentDescription[]>;
  readonly current: () => GuestLink | undefined;
  /** Where no guest is left because the last one did not load: tries again, though not in quick succession. */
  readonly revive: () => void;
  readonly close: () => void;
}

/** A component that dies as soon as it is started is not started more often than this. */
const PAUSE_MILLISECONDS = 1_000;

export const createSupervisor = (options: SupervisorOptions): Supervisor => {
  let link: GuestLink | undefined;
  let failure: HooklineError | undefined;
  let isClosed = false;
  let lastStart = 0;

  const start = (): Promise<readonly ComponentDescription[]> =>
    new Promise((resolve, reject) => {
      let isLoaded = false;
      lastStart = performance.now();
      link = options.launch({
        onLoad: (components) => {
          isLoaded = true;
          failure = undefined;
          resolve(components);
        },
        onLoadFailure: (error) => {
          link = undefined;
          failure = error;
          reject(error);
        },
        onEnd: (reason) => {
          if (!isLoaded || isClosed) return;
          link = undefined;
          options.onStop(reason);
          setTimeout(restart, Math.max(0, lastStart + PAUSE_MILLISECONDS - performance.now()));
        },
      });
    });
  const restart = (): void => {
    if (!isClosed) start().catch(options.onUnloadable);
  };
  return {
    start,
    current: () => link,
    revive: () => {
      if (link || isClosed || !failure) return;
      if (performance.now() < lastStart + PAUSE_MILLISECONDS) options.onUnloadable(failure);
      else restart();
    },
    close: () => {
      isClosed = true;
      link?.kill("the runner is stopping");
    },
  };
};
