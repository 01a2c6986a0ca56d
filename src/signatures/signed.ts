import type { Encoding } from "./encoding";

/** A piece of signed content. Bytes stay bytes; strings are UTF-8. */
export type Part = string | Uint8Array;

/** What a provider may sign over. A value that the request lacks is `undefined`. */
export interface Signed {
  readonly body: Part;
  /** Exactly as sent, because that is what was signed. */
  readonly timestamp: string;
  readonly method: string;
  readonly url: string;
  /** Path with query, from the URL as it was given. */
  readonly path: string;
  /** Form fields as name + value, sorted by name, repeated values sorted and listed once. `undefined` for more fields than anybody sends. */
  readonly sortedForm: string | undefined;
  /** For keyed plain hashes only; empty for every other kind. */
  readonly secret: string;
  readonly header: (name: string) => string | undefined;
  readonly query: (name: string) => string | undefined;
  readonly form: (name: string) => string | undefined;
  readonly json: (path: string) => string | undefined;
  /** A non-secret setting that the builder gave. */
  readonly option: (name: string) => string | undefined;
  readonly bodyDigest: (hash: string, encoding: Encoding) => string;
  /** A named transformation of the body, so that a description can name it. */
  readonly bodyAs: (name: string, transform: (body: Buffer) => Part) => Part;
  /** A named transformation of the URL, likewise. */
  readonly urlAs: (name: string, transform: (url: string) => string) => string;
}
