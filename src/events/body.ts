import type { ContentType } from "./content-type";

/** A body that was read after its delivery had been verified. */
export interface ParsedBody {
  /** What `data` is. A body that is not what it claims to be is `text` or `binary`, never the claimed format. */
  readonly format: "json" | "form" | "multipart" | "xml" | "text" | "binary" | "empty";
  /**
   * json: the value · form, multipart and xml: a null-prototype map, values of a repeated name as an array ·
   * text: string · binary: Buffer · empty: null. Names are data: `__proto__` is a key like any other.
   */
  readonly data: unknown;
  /** Why the body could not be read as what it claims to be: "body is not JSON". Quotes nothing of the body. */
  readonly problem?: string;
}

/** Reads one format. Throws an error whose message continues "body …" and quotes nothing of the body. */
export type BodyReader = (
  body: Buffer,
  type: ContentType | undefined,
) => ParsedBody | Promise<ParsedBody>;
