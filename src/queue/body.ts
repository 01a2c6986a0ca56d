import { HooklineError, toMessage } from "../errors";

/** `{"$base64": "AP8="}` stands for bytes, anywhere in a body. What a step itself wrote like that gets one more `$`. */
const BYTES = "$base64";
const MARK = /^\$+base64$/;

/** The only name of an object that is, or looks like, a mark. */
const markOf = (value: unknown): string | undefined => {
  if (typeof value !== "object" || value === null) return undefined;
  const [name, ...others] = Object.keys(value);
  return name !== undefined && others.length === 0 && MARK.test(name) ? name : undefined;
};

/** The value as it was before it turned itself into JSON is what its holder, `this`, has: a Buffer is a list of numbers by then. */
function write(this: Readonly<Record<string, unknown>>, name: string, value: unknown): unknown {
  const given = this[name];
  if (ArrayBuffer.isView(given))
    return {
      [BYTES]: Buffer.from(given.buffer, given.byteOffset, given.byteLength).toString("base64"),
    };
  const mark = markOf(value);
  return mark === undefined ? value : { [`$${mark}`]: (value as Record<string, unknown>)[mark] };
}

const read = (_name: string, value: unknown): unknown => {
  const mark = markOf(value);
  if (mark === undefined) return value;
  const marked = (value as Record<string, unknown>)[mark];
  if (mark !== BYTES) return { [mark.slice(1)]: marked };
  return typeof marked === "string" ? Buffer.from(marked, "base64") : value;
};

/** Any value of a step as JSON, in which bytes are base64. Holds no NUL. @throws HooklineError INPUT_INVALID */
export const toStoredBody = (value: unknown): string => {
  try {
    const text = JSON.stringify(value, write) as string | undefined;
    if (text !== undefined) return text;
  } catch (error) {
    throw new HooklineError("INPUT_INVALID", `Body: it cannot be kept, ${toMessage(error)}`);
  }
  throw new HooklineError("INPUT_INVALID", "Body: enter or reference what the message holds.");
};

/** What `toStoredBody` was given. A text that another program put into the queue comes out as it is. */
export const readStoredBody = (stored: string): unknown => {
  try {
    return JSON.parse(stored, stored.includes(`${BYTES}"`) ? read : undefined) as unknown;
  } catch {
    return stored;
  }
};
