import { HooklineError } from "../../errors";
import { readFields, readOptionalFields, readOptionalText, readText } from "./shape";

/** How a definition gives an input's value. */
export interface Expression {
  readonly type: "value" | "configVar" | "reference" | "template" | "complex";
  readonly value: unknown;
  /** The key, in a list of pairs. */
  readonly name: string | undefined;
}

const TYPES: readonly string[] = ["value", "configVar", "reference", "template", "complex"];
const CONFIG_VARIABLE_SLOT = /\{\{\s*#([^{}]+?)\s*\}\}/g;

const readName = (value: unknown): string | undefined =>
  readOptionalText(
    typeof value === "object" && value !== null ? (value as { value?: unknown }).value : value,
  );

const readExpression = (value: unknown, where: string): Expression => {
  const fields = readFields(value, where);
  const type = readText(fields.type, `${where}.type`);
  if (!TYPES.includes(type)) {
    throw new HooklineError(
      "INTEGRATION_INVALID",
      `${where}.type is "${type}". It can be ${TYPES.join(", ")}.`,
    );
  }
  return { type: type as Expression["type"], value: fields.value, name: readName(fields.name) };
};

export const readExpressions = (value: unknown, where: string): Record<string, Expression> =>
  Object.fromEntries(
    Object.entries(readOptionalFields(value, where)).map(([key, expression]) => [
      key,
      readExpression(expression, `${where}.${key}`),
    ]),
  );

/** The platform stores plain inputs as text: `300` and `true` in a hand-written file mean "300" and "true". */
export const toStoredText = (value: unknown): unknown =>
  typeof value === "number" || typeof value === "boolean" ? String(value) : (value ?? "");

const toItem = (item: unknown, where: string, readVariable: ReadVariable): unknown => {
  const expression = readExpression(item, where);
  const value = evaluate(expression, where, readVariable);
  return expression.name === undefined ? value : { key: expression.name, value };
};

/** The value of a config variable. @throws HooklineError when the integration has none of that name. */
export type ReadVariable = (key: string) => unknown;

/**
 * The value that a trigger receives for an input, before any `clean`.
 *
 * @throws HooklineError INTEGRATION_INVALID where a trigger cannot have such a value.
 */
export const evaluate = (
  { type, value }: Expression,
  where: string,
  readVariable: ReadVariable,
): unknown => {
  if (type === "reference" || (type === "template" && /\{\{\s*\$/.test(String(value)))) {
    throw new HooklineError(
      "INTEGRATION_INVALID",
      `${where} refers to a step's result, but no step runs before a trigger. Use a value or a config variable.`,
    );
  }
  if (type === "configVar") return value ? readVariable(String(value)) : undefined;
  if (type === "template") {
    return String(value ?? "").replace(CONFIG_VARIABLE_SLOT, (_slot, key: string) =>
      String(readVariable(key) ?? ""),
    );
  }
  if (type === "complex" && Array.isArray(value)) {
    return value.map((item, index) => toItem(item, `${where}[${index}]`, readVariable));
  }
  return toStoredText(value);
};
