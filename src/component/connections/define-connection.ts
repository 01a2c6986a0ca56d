import { type ConnectionDefinition, connection } from "@prismatic-io/spectral";
import type { ConnectionField, ConnectionKind } from "../../connections/connection";

type Fillable = Omit<ConnectionField, "isSecret" | "required"> & {
  readonly isSecret?: boolean;
  readonly required?: boolean;
};

/** As it stands inside a sentence: "base URL". */
const toWords = (label: string): string =>
  label.replaceAll(/\b[A-Z][a-z]+/g, (word) => word.toLowerCase());

const toInput = ({ label, comments, isSecret = false, required = false, ...field }: Fillable) => ({
  label,
  comments,
  required,
  type: isSecret ? ("password" as const) : ("string" as const),
  placeholder: `Enter the ${toWords(label)}`,
  ...field,
});

/** A kind of credentials as the platform asks for them. */
export const defineConnection = ({
  key,
  label,
  description,
  fields,
}: ConnectionKind): ConnectionDefinition =>
  connection({
    key,
    display: { label, description },
    inputs: Object.fromEntries(
      Object.entries(fields).map(([name, field]) => [name, toInput(field)]),
    ),
  });
