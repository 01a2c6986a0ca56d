import { readFileSync } from "node:fs";
import { LineCounter, parseDocument } from "yaml";
import { type ErrorCode, HooklineError } from "../../errors";

/**
 * Reads a YAML file (JSON is YAML too).
 *
 * @throws HooklineError with the given code, naming the file and where it is malformed the line.
 */
export const readDocument = (file: string, code: ErrorCode): unknown => {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    throw new HooklineError(code, `${file} cannot be read. Check the path.`, { cause });
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw new HooklineError(code, `${file}:${line}:${col} is not valid YAML: ${error.message}`);
  }
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (cause) {
    throw new HooklineError(code, `${file} cannot be used: its aliases expand without end.`, {
      cause,
    });
  }
};
