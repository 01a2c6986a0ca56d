/** A connection that the runner itself can make, for a config variable that nobody gives a value. */
export interface OfferedConnection {
  /** The key of the connection's kind. */
  readonly kind: string;
  /** What component authors call an input that takes it. */
  readonly input: string;
  /** Each stands in for a field that is blank. */
  readonly fields: Readonly<Record<string, string>>;
}
