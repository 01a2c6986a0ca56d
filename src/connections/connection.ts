import { HooklineError } from "../errors";

/** One field of a connection, as the person who fills it in sees it. */
export interface ConnectionField {
  readonly label: string;
  /** One sentence. */
  readonly comments: string;
  /** Kept secret by the platform, and never told by us. */
  readonly isSecret?: true;
  readonly required?: true;
  readonly default?: string;
  readonly example?: string;
}

/** Credentials of a kind: what a person fills in once, and several flows share. */
export interface ConnectionKind {
  /** Never changes once it is published. */
  readonly key: string;
  readonly label: string;
  readonly description: string;
  readonly fields: Readonly<Record<string, ConnectionField>>;
}

/** What was filled in, as text; an empty field is an empty text. */
export type Fields = Readonly<Record<string, string>>;

/** What a person reads above the field. */
export const labelOf = ({ fields }: ConnectionKind, name: string): string =>
  fields[name]?.label ?? name;

/** What to throw for a field that cannot be right. The advice holds nothing of what was filled in, which may be secret. */
export const invalidField = (kind: ConnectionKind, name: string, advice: string): HooklineError =>
  new HooklineError(
    "CONNECTION_INVALID",
    `Connection ${kind.label}, ${labelOf(kind, name)}: ${advice}`,
  );
