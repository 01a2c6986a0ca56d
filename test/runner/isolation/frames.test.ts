import { createFrameReader, toFrame } from "../../../src/runner/isolation/frames";

const messages = [{ text: "ü", list: [1, 2] }, {}, { long: "x".repeat(70_000) }];
const stream = Buffer.concat(
  messages.flatMap((message, index) => [
    ...toFrame(message, [Buffer.alloc(index, index), Buffer.alloc(index * 2, index)]),
  ]),
);

const readIn = (size: number): unknown[] => {
  const seen: unknown[] = [];
  const read = createFrameReader((message, attachment) => seen.push([message, [...attachment]]));
  for (let start = 0; start < stream.length; start += size) {
    read(stream.subarray(start, start + size));
  }
  return seen;
};

test.each([1, 2, 7, 8, 9, 64, 1_000, 65_536, 1_000_000])(
  "a stream cut into pieces of %i bytes gives the same frames",
  (size) => {
    expect(readIn(size)).toEqual(
      messages.map((message, index) => [message, Array(index * 3).fill(index)]),
    );
  },
);

test.each([["text that is no frame"], ["\u0005\u0000\u0000\u0000\u0000\u0000\u0000\u0000nojso"]])(
  "bytes that are no frame are an error and not an endless wait: %j",
  (bytes) => {
    const read = createFrameReader(() => undefined);
    expect(() => read(Buffer.from(bytes, "latin1"))).toThrow();
  },
);
