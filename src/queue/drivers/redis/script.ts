import { createHash } from "node:crypto";
import type { QueuePart } from "./queue-keys";

/** A verb: it happens on the server as a whole or not at all, in one round trip. */
export interface Script {
  /** What it touches; each is a variable of the script, in capitals. */
  readonly parts: readonly QueuePart[];
  /** Finds `now`, in milliseconds by the server's clock. */
  readonly lua: string;
}

export interface CompiledScript {
  readonly parts: readonly QueuePart[];
  readonly text: string;
  readonly digest: string;
}

/** Goes up with each change that an older version of this driver would not understand. */
export const LAYOUT = 1;

/** What a script answers to a layout that it does not know. */
export const LAYOUT_UNKNOWN = "HOOKLINE_LAYOUT";

/** A Lua expression. */
export const SERVER_CLOCK =
  "(function() local time = redis.call('TIME'); return time[1] * 1000 + math.floor(time[2] / 1000) end)()";

const guard = `
local layout = redis.call('HGET', FIGURES, 'layout')
if layout and layout ~= '${LAYOUT}' then return redis.error_reply('${LAYOUT_UNKNOWN} ' .. layout) end
`;

const compile = ({ parts, lua }: Script, clock: string): CompiledScript => {
  const names = parts.map((part, index) => `local ${part.toUpperCase()} = KEYS[${index + 1}]`);
  const text = [...names, guard, `local now = ${clock}`, lua].join("\n");
  return { parts, text, digest: createHash("sha1").update(text).digest("hex") };
};

/** Puts each script together once, when it is first needed. */
export const createCompiler = (clock: string): ((script: Script) => CompiledScript) => {
  const compiled = new Map<Script, CompiledScript>();
  return (script) => {
    const known = compiled.get(script) ?? compile(script, clock);
    compiled.set(script, known);
    return known;
  };
};
