import Busboy from "@fastify/busboy";

/** One part as the platform hands it over: `body.data.<part>.data`. */
export interface MultipartPart {
  data: unknown;
  contentType: string;
}

const LIMITS = { parts: 1_000, headerPairs: 100, fieldNameSize: 1_024 };

const toPartData = (bytes: Buffer, contentType: string, isFile: boolean): unknown => {
  if (/^application\/json\b/i.test(contentType)) {
    try {
      return JSON.parse(bytes.toString("utf8"));
    } catch {
      return bytes.toString("utf8");
    }
  }
  return isFile && !/^text\//i.test(contentType) ? bytes : bytes.toString("utf8");
};

/** The parts of a `multipart/form-data` body by name, or nothing where the body is not well-formed. */
export const readMultipart = (
  body: Buffer,
  contentType: string,
): Promise<Record<string, MultipartPart> | undefined> =>
  new Promise((resolve) => {
    const parts: [string, MultipartPart][] = [];
    try {
      const parser = new Busboy({
        headers: { "content-type": contentType },
        limits: { ...LIMITS, fieldSize: body.length },
        isPartAFile: () => true,
      });
      parser.on("file", (name, stream, fileName, _encoding, type) => {
        const chunks: Buffer[] = [];
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        stream.on("error", () => resolve(undefined));
        stream.on("end", () => {
          const isFile = fileName !== undefined;
          parts.push([
            name,
            { data: toPartData(Buffer.concat(chunks), type, isFile), contentType: type },
          ]);
        });
      });
      parser.on("error", () => resolve(undefined));
      parser.on("partsLimit", () => resolve(undefined));
      parser.on("finish", () => resolve(Object.fromEntries(parts)));
      parser.end(body);
    } catch {
      resolve(undefined);
    }
  });
