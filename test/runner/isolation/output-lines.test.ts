import { PassThrough } from "node:stream";
import { finished } from "node:stream/promises";
import { forwardLines } from "../../../src/runner/isolation/output-lines";

const read = async (chunks: readonly (string | Buffer)[]): Promise<string[]> => {
  const stream = new PassThrough();
  const lines: string[] = [];
  forwardLines(stream, (line) => lines.push(line));
  for (const chunk of chunks) stream.write(chunk);
  stream.end();
  await finished(stream);
  return lines;
};

test("lines end where the writer ends them, however they arrive", async () => {
  expect(await read(["one\ntw", "o\r\n\nfo", "ur"])).toEqual(["one", "two", "", "four"]);
});

test("a character that arrives in two pieces stays whole", async () => {
  const bytes = Buffer.from("Zoë\n");
  expect(await read([bytes.subarray(0, 3), bytes.subarray(3)])).toEqual(["Zoë"]);
});

test("a line without end is cut, and the next one is whole again", async () => {
  const block = Buffer.alloc(1_000_000, "x");
  const lines = await read([...Array<Buffer>(20).fill(block), "\nnext\n"]);
  expect(lines).toEqual(["x".repeat(8_192), "next"]);
});
