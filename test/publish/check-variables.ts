import { inputTypes, scalars } from "./graphql-inputs";

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const checkMap = (type: string, value: unknown, at: string): readonly string[] => {
  const fields = inputTypes[type];
  if (!isMap(value) || !fields) return [`${at} is not a ${type}`];
  const unknown = Object.keys(value).filter((name) => !Object.hasOwn(fields, name));
  return [
    ...unknown.map((name) => `${at}.${name} is not a field of ${type}`),
    ...Object.entries(fields).flatMap(([name, fieldType]) =>
      checkValue(fieldType, value[name], `${at}.${name}`),
    ),
  ];
};

const checkValue = (type: string, value: unknown, at: string): readonly string[] => {
  const isMissing = value === undefined || value === null;
  if (type.endsWith("!"))
    return isMissing ? [`${at} is missing`] : checkValue(type.slice(0, -1), value, at);
  if (isMissing) return [];
  if (type.startsWith("[")) {
    if (!Array.isArray(value)) return [`${at} is not a list`];
    return value.flatMap((item, index) => checkValue(type.slice(1, -1), item, `${at}[${index}]`));
  }
  if (Object.hasOwn(inputTypes, type)) return checkMap(type, value, at);
  return scalars[type]?.(value) ? [] : [`${at} is not a ${type}`];
};

/** What GraphQL would refuse about the variables of an operation, whose text declares their types. */
export const checkVariables = (
  query: string,
  variables: Readonly<Record<string, unknown>>,
): readonly string[] => {
  const declared = new Map(
    [...query.matchAll(/\$(\w+):\s*([\w![\]]+)/g)].map(([, name = "", type = ""]) => [name, type]),
  );
  const undeclared = Object.keys(variables).filter((name) => !declared.has(name));
  return [
    ...undeclared.map((name) => `${name} is not declared`),
    ...[...declared].flatMap(([name, type]) => checkValue(type, variables[name], name)),
  ];
};
