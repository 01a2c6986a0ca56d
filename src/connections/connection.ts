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
