import { HooklineError, toMessage } from "../../../errors";
import { toFailure } from "./failures";
import { toKeyStart } from "./queue-keys";
import { createCompiler, type Script } from "./script";
import type { Fleet } from "./server/fleet";

/** Runs a verb's script on a queue and gives its answer. @throws HooklineError as `QueueDriver` */
export type Request = (
  script: Script,
  queue: string,
  values: readonly (string | number)[],
) => Promise<unknown>;

export interface RequestSettings {
  readonly prefix: string;
  /** A Lua expression for the milliseconds. */
  readonly clock: string;
  readonly isClosed: () => boolean;
}

/** A server forgets scripts when it starts, at a failover, and when it is told to. */
const isForgotten = (error: unknown): boolean => /\bNOSCRIPT\b/.test(toMessage(error));

export const createRequest = (fleet: Fleet, settings: RequestSettings): Request => {
  const compile = createCompiler(settings.clock);
  return async (script, queue, values) => {
    if (settings.isClosed())
      throw new HooklineError("QUEUE_UNAVAILABLE", "Redis: the queue driver was closed.");
    const { parts, digest, text } = compile(script);
    const start = toKeyStart(settings.prefix, queue);
    const rest = [parts.length, ...parts.map((part) => start + part), ...values];
    try {
      return await fleet.call(queue, "EVALSHA", [digest, ...rest]);
    } catch (error) {
      if (!isForgotten(error)) throw toFailure(error);
    }
    try {
      return await fleet.call(queue, "EVAL", [text, ...rest]);
    } catch (error) {
      throw toFailure(error);
    }
  };
};
