/** Values by name. Has no prototype, so that `__proto__` or `constructor` is a name like any other. */
export type NamedValues = Record<string, unknown>;

export const createNamedValues = (): NamedValues => Object.create(null) as NamedValues;

/** Adds a value, itself never an array: the second one of a name makes an array of both. */
export const addValue = (values: NamedValues, name: string, value: unknown): void => {
  const known = values[name];
  if (known === undefined) values[name] = value;
  else if (Array.isArray(known)) known.push(value);
  else values[name] = [known, value];
};
