import type { ConnectionDescription } from "../isolation/component-description";
import { type ComponentReference, readComponentReference } from "./component-reference";
import { type Expression, readExpressions } from "./expression";
import { readFields, readOptionalFields, readOptionalText, readText } from "./shape";

/** Something that whoever deploys an instance has to give. */
export interface ConfigVariable {
  readonly key: string;
  readonly dataType: string;
  readonly collection: string | undefined;
  readonly defaultValue: unknown;
  /** Which connection of which component, for `dataType: connection`. */
  readonly connection: ComponentReference | undefined;
  /** The kinds of connection that there are, where it has to be one of them and nothing tells which. */
  readonly unchosenKinds?: readonly ConnectionDescription[];
  readonly inputs: Readonly<Record<string, Expression>>;
}

export const readConfigVariable = (value: unknown, where: string): ConfigVariable => {
  const variable = readFields(value, where);
  const connection = readOptionalFields(variable.connection, `${where}.connection`);
  const isNamed = Object.keys(connection).length > 0;
  return {
    key: readText(variable.key, `${where}.key`),
    dataType: readText(variable.dataType, `${where}.dataType`),
    collection: readOptionalText(variable.collectionType),
    defaultValue: variable.defaultValue,
    connection: isNamed
      ? readComponentReference(variable.connection, `${where}.connection`)
      : undefined,
    inputs: readExpressions(variable.inputs, `${where}.inputs`),
  };
};
