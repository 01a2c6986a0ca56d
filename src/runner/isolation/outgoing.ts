import type { StateStore } from "../platform/state-store";
import type { GuestLink } from "./guest-link";
import type { GuestFlow, HookCall, ToGuest } from "./messages";
import type { RunQueue } from "./run-queue";

/** What goes to the guest, each message with the state that changed since the one before. */
export interface Outgoing {
  readonly send: (message: ToGuest, bodies?: readonly Buffer[]) => void;
  /** Sends what waits, unless a message is still on its way. */
  readonly flush: () => void;
  /** Flushes once this turn of the event loop has collected what it brings. */
  readonly schedule: () => void;
  /** The first message of a new guest, which knows nothing yet. */
  readonly begin: (message: ToGuest) => ToGuest;
  readonly deploy: (flows: readonly GuestFlow[], areRestored?: boolean) => void;
  /** Sends it now, or with the first message of the next guest where there is none now. */
  readonly callHook: (hook: HookCall) => void;
  /** Takes back one that was not sent. */
  readonly forgetHook: () => void;
}

/**
 * At most one message with runs is on its way at a time: what arrives meanwhile makes the next one.
 * That batches under load, and whatever has not been sent when the component dies is run by its successor.
 */
export const createOutgoing = (
  queue: RunQueue,
  state: StateStore,
  current: () => GuestLink | undefined,
): Outgoing => {
  let flows: readonly GuestFlow[] = [];
  let unsentHook: HookCall | undefined;
  let sentVersion = 0;
  let isScheduled = false;

  const send: Outgoing["send"] = (message, bodies) => {
    const isStateNew = sentVersion < state.version();
    const changes = isStateNew ? { state: state.changedSince(sentVersion) } : {};
    sentVersion = state.version();
    current()?.send({ ...changes, ...message }, bodies);
  };
  const flush = (): void => {
    if (!current()?.isIdle()) return;
    const { calls, bodies } = queue.take();
    if (calls.length > 0) send({ runs: calls }, bodies);
  };
  return {
    send,
    flush,
    schedule: () => {
      if (isScheduled) return;
      isScheduled = true;
      setImmediate(() => {
        isScheduled = false;
        flush();
      });
    },
    begin: (message) => {
      sentVersion = state.version();
      const hook = unsentHook && { hook: unsentHook };
      unsentHook = undefined;
      return { ...message, ...hook, flows, state: state.changedSince(0) };
    },
    deploy: (deployed, areRestored = false) => {
      flows = deployed;
      send({ flows, ...(areRestored && { areRestored }) });
    },
    callHook: (hook) => {
      if (current()) send({ hook });
      else unsentHook = hook;
    },
    forgetHook: () => {
      unsentHook = undefined;
    },
  };
};
