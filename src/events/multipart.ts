import { Busboy, type BusboyFileStream } from "@fastify/busboy";
import type { BodyReader } from "./body";
import type { ContentType } from "./content-type";
import { addValue, createNamedValues, type NamedValues } from "./named-values";

/** A part that has a file name or holds application/octet-stream. The file name is without directories. */
interface FilePart {
  readonly filename: string | null;
  readonly contentType: string;
  readonly data: Buffer;
}

interface Part {
  readonly name: string;
  readonly read: () => string | FilePart;
}

const maximumParts = 1_000;
const maximumHeadersPerPart = 20;
const maximumHeaderBytesPerPart = 8_192;

/** RFC 2046 section 5.1.1, and a little more; without the two characters that would need escaping. */
const boundaryPattern = /^(?!.*["\\])[\x20-\x7e]{0,69}[\x21-\x7e]$/;

const readBoundary = (type: ContentType | undefined): string => {
  const boundary = type?.parameters.get("boundary");
  if (!boundary) throw new Error("is multipart without a boundary in its content type");
  if (!boundaryPattern.test(boundary))
    throw new Error("is multipart with a boundary that RFC 2046 does not allow");
  return boundary;
};

/** The content type is written anew, so that its parameters are read by one parser only. */
const createParser = (boundary: string, fieldSize: number) =>
  new Busboy({
    headers: { "content-type": `multipart/form-data; boundary="${boundary}"` },
    limits: {
      headerPairs: maximumHeadersPerPart,
      headerSize: maximumHeaderBytesPerPart,
      fieldSize,
    },
  });

const collectFile = (stream: BusboyFileStream, fail: () => void): (() => Buffer) => {
  const chunks: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => chunks.push(chunk)).on("error", fail);
  return () => Buffer.concat(chunks);
};

const collectParts = (body: Buffer, boundary: string): Promise<readonly Part[]> =>
  new Promise((resolve, reject) => {
    const parts: Part[] = [];
    const parser = createParser(boundary, body.length);
    const fail = () => reject(new Error("is not well-formed multipart/form-data"));
    const add = (name: string | undefined, read: Part["read"]) => {
      if (name !== undefined) parts.push({ name, read });
    };
    parser.on("field", (name, value) => add(name, () => value));
    parser.on("file", (name, stream, filename, _encoding, contentType) => {
      const readData = collectFile(stream, fail);
      add(name, () => ({ filename: filename ?? null, contentType, data: readData() }));
    });
    parser.on("error", fail);
    parser.on("finish", () => resolve(parts));
    parser.end(body);
  });

/** Delimiters before the closing one, each of which starts a part; stops counting past the limit. */
const countParts = (body: Buffer, boundary: string): number => {
  const delimiter = `\r\n--${boundary}`;
  const [opened = ""] = `\r\n${body.toString("latin1")}`.split(`${delimiter}--`, 1);
  return opened.split(delimiter, maximumParts + 2).length - 1;
};

const replacement = "\ufffd";

const toNamedValues = (parts: readonly Part[], mayHoldReplacement: boolean): NamedValues => {
  const values = createNamedValues();
  for (const { name, read } of parts) {
    const value = read();
    if (!mayHoldReplacement && `${name}${value}`.includes(replacement))
      throw new Error("has a part that holds bytes that are not of its charset");
    addValue(values, name, value);
  }
  return values;
};

/** https://www.rfc-editor.org/rfc/rfc7578. The parser leaves out parts that it cannot name and puts U+FFFD for broken text; here both are problems. */
export const readMultipart: BodyReader = async (body, type) => {
  const boundary = readBoundary(type);
  const count = countParts(body, boundary);
  if (count > maximumParts) throw new Error(`has more than ${maximumParts} multipart parts`);
  const parts = await collectParts(body, boundary);
  if (parts.length < count) throw new Error("has a multipart part without a readable name");
  return { format: "multipart", data: toNamedValues(parts, body.includes(replacement)) };
};
