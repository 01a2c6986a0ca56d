const MEGABYTE = 1024 * 1024;

/** The body of an answer as UTF-8 text. @throws RangeError as soon as more than the limit has arrived. */
export const readLimitedText = async (
  response: Response,
  maximumBytes: number,
): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > maximumBytes)
      throw new RangeError(`the answer is larger than ${maximumBytes / MEGABYTE} MB`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
};
