import { type ConnectionDefinition, connection } from "@prismatic-io/spectral";
import type { ConnectionField, ConnectionKind } from "../../connections/connection";
import { subscribables } from "../managed/subscribables";

type Fillable = Omit<ConnectionField, "isSecret" | "required"> & {
  readonly isSecret?: boolean;
  readonly required?: boolean;
};

const toInput = ({ label, comments, isSecret = false, required = false, ...field }: Fillable) => ({
  label,
  comments,
  required,
  type: isSecret ? ("password" as const) : ("string" as const),
  placeholder: `Enter the ${label.toLowerCase()}`,
  ...field,
});

const toConnection = ({ key, label, description, fields }: ConnectionKind): ConnectionDefinition =>
  connection({
    key,
    display: { label, description },
    inputs: Object.fromEntries(
      Object.entries(fields).map(([name, field]) => [name, toInput(field)]),
    ),
  });

/** The connections that subscriptions are made with, each kind once. */
export const apiConnections: readonly ConnectionDefinition[] = [
  ...new Map(subscribables.map(({ connection: kind }) => [kind.key, kind])).values(),
].map(toConnection);
