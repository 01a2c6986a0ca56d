import type { BodyReader } from "./body";
import { decodeText } from "./charset";
import type { ContentType } from "./content-type";
import { parseXml } from "./xml-tree";

const maximumReferences = 100_000;

const declarationPattern = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.-]+)["']/;

/**
 * A declaration that can be read as ASCII cannot be in UTF-16, whatever it says: .NET writes encoding="utf-16" into
 * text that it then sends as UTF-8.
 */
const readCharset = (body: Buffer, type: ContentType | undefined): string | undefined => {
  const charset = type?.parameters.get("charset");
  if (charset !== undefined) return charset;
  const declared = declarationPattern.exec(body.toString("latin1", 0, 256))?.[1];
  return declared?.toLowerCase().startsWith("utf-16") ? undefined : declared;
};

const countReferences = (text: string): number => {
  let count = 0;
  for (let at = text.indexOf("&"); at >= 0; at = text.indexOf("&", at + 1)) count += 1;
  return count;
};

/** Only the five predefined entities and character references exist here, so nothing grows; many still cost memory. */
export const readXml: BodyReader = (body, type) => {
  const text = decodeText(body, readCharset(body, type));
  if (countReferences(text) > maximumReferences)
    throw new Error(`is XML with more than ${maximumReferences} entity references`);
  return { format: "xml", data: parseXml(text) };
};
