import { type GuestProcess, type GuestProcessOptions, startGuestProcess } from "./guest-process";
import { watchMemory } from "./memory-guard";
import type { ToGuest } from "./messages";

export interface GuestLinkOptions extends GuestProcessOptions {
  readonly residentMegabytes: number;
  readonly reactionMilliseconds: number;
  readonly isBusy: () => boolean;
}

/** A running guest and how far it has kept up with what it was sent. */
export interface GuestLink {
  readonly send: GuestProcess["send"];
  readonly kill: GuestProcess["kill"];
  /** Whether everything sent so far was received; while not, whatever waits is safe from a crash. */
  readonly isIdle: () => boolean;
  /** Ends the guest unless it shows within the reaction time that its event loop turns. */
  readonly demandReaction: () => void;
}

export const createGuestLink = (options: GuestLinkOptions): GuestLink => {
  let sent = 0;
  let acknowledged = 0;
  let reactionTimer: NodeJS.Timeout | undefined;

  const guest = startGuestProcess({
    ...options,
    onMessage: (message) => {
      acknowledged = message.acknowledged ?? acknowledged;
      options.onMessage(message);
    },
    onEnd: (reason) => {
      memory.stop();
      clearTimeout(reactionTimer);
      options.onEnd(reason);
    },
  });
  const memory = watchMemory(guest.pid, options.residentMegabytes, options.isBusy, (megabytes) =>
    guest.kill(`it used ${megabytes} MB of memory`),
  );
  const send = (message: ToGuest, bodies?: readonly Buffer[]): void => {
    sent += 1;
    guest.send(message, bodies);
  };
  const demandReaction = (): void => {
    if (reactionTimer) return;
    if (acknowledged === sent) send({});
    const expected = sent;
    reactionTimer = setTimeout(() => {
      reactionTimer = undefined;
      if (acknowledged < expected) guest.kill("it was stuck and did not react");
    }, options.reactionMilliseconds);
  };
  return { send, demandReaction, kill: guest.kill, isIdle: () => acknowledged === sent };
};
