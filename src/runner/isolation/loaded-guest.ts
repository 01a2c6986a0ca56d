import { type ErrorCode, HooklineError } from "../../errors";
import type { ComponentDescription } from "./component-description";
import { createGuestLink, type GuestLink, type GuestLinkOptions } from "./guest-link";
import type { FromGuest, ToGuest } from "./messages";

export interface LoadedGuestOptions extends GuestLinkOptions {
  /** What the guest starts from: bundles, flows, state. */
  readonly first: ToGuest;
  readonly loadMilliseconds: number;
  readonly onLoad: (components: readonly ComponentDescription[]) => void;
  /** Called instead of `onLoad`, with COMPONENT_UNUSABLE; the guest ends then. */
  readonly onLoadFailure: (error: HooklineError) => void;
}

const toError = (message: string, code: string = "COMPONENT_UNUSABLE"): HooklineError =>
  new HooklineError(code as ErrorCode, message);

/** Starts a guest and has it load its components; exactly one of `onLoad` and `onLoadFailure` follows. */
export const startLoadedGuest = (options: LoadedGuestOptions): GuestLink => {
  let isSettled = false;
  const settle = (report: () => void): void => {
    if (isSettled) return;
    isSettled = true;
    clearTimeout(timer);
    report();
  };
  const onMessage = (message: FromGuest): void => {
    const { components, failure } = message;
    if (components) settle(() => options.onLoad(components));
    if (failure) {
      settle(() => options.onLoadFailure(toError(failure.message, failure.code)));
      link.kill("it did not load");
    }
    options.onMessage(message);
  };
  const onEnd = (reason: string): void => {
    settle(() =>
      options.onLoadFailure(toError(`The component stopped while it was loaded: ${reason}.`)),
    );
    options.onEnd(reason);
  };
  const link = createGuestLink({ ...options, onMessage, onEnd });
  const timer = setTimeout(() => {
    link.kill(`it did not load within ${options.loadMilliseconds / 1000} seconds`);
  }, options.loadMilliseconds);
  link.send(options.first);
  return link;
};
