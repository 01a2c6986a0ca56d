import { createHash } from "node:crypto";

/**
 * A key as PostgreSQL can keep it: it knows neither NUL nor half a surrogate pair, so those are escaped as in JSON, and
 * with them quotes and backslashes.
 */
export const toStoredText = (text: string): string => JSON.stringify(text).slice(1, -1);

export const readStoredText = (stored: string): string => JSON.parse(`"${stored}"`) as string;

/** What an index finds a key by, however long it is: 32 bytes. */
export const toHash = (stored: string): Buffer => createHash("sha256").update(stored).digest();

/** The same in 16 bytes: should two ordering keys ever meet in one, they share a line, and nothing is lost. */
export const toShortHash = (stored: string): string => toHash(stored).toString("hex", 0, 16);
