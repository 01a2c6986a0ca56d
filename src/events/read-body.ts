import type { BodyReader, ParsedBody } from "./body";
import { decodeText } from "./charset";
import { type ContentType, readContentType } from "./content-type";
import { readForm } from "./form";
import { readJson } from "./json";
import { readMultipart } from "./multipart";
import { readBinary, readPlainText, readText, readUntyped } from "./text";
import { readXml } from "./xml";

const readers: readonly (readonly [RegExp, BodyReader])[] = [
  [/^(application|text)\/json$|\+json$/, readJson],
  [/^application\/x-www-form-urlencoded$/, readForm],
  [/^multipart\/form-data$/, readMultipart],
  [/^(application|text)\/xml$|\+xml$/, readXml],
  [/^text\/plain$/, readPlainText],
  [/^text\//, readText],
];

const chooseReader = (type: ContentType | undefined): BodyReader => {
  if (!type) return readUntyped;
  return readers.find(([mediaType]) => mediaType.test(type.mediaType))?.[1] ?? readBinary;
};

const toUnread = (body: Buffer, type: ContentType | undefined, error: unknown): ParsedBody => {
  const problem = `body ${error instanceof Error ? error.message : "could not be read"}`;
  try {
    return { format: "text", data: decodeText(body, type?.parameters.get("charset")), problem };
  } catch {
    return { format: "binary", data: body, problem };
  }
};

/**
 * Reads the body of a verified delivery by its content type. Never throws or rejects: a body that is not what it claims
 * to be comes back as text, or as bytes where it is no text either, with a `problem`. Only multipart is asynchronous.
 */
export const readBody = (
  body: Buffer,
  contentType: string | undefined,
): ParsedBody | Promise<ParsedBody> => {
  if (body.length === 0) return { format: "empty", data: null };
  const type = readContentType(contentType);
  const giveUp = (error: unknown): ParsedBody => toUnread(body, type, error);
  try {
    const parsed = chooseReader(type)(body, type);
    return parsed instanceof Promise ? parsed.catch(giveUp) : parsed;
  } catch (error) {
    return giveUp(error);
  }
};
