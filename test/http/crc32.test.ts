import { crc32, crc32Portable } from "../../src/http/crc32";

describe("CRC-32", () => {
  it.each([
    ["", 0],
    ["123456789", 0xcbf43926],
    ["The quick brown fox jumps over the lazy dog", 0x414fa339],
  ])("of %p is the published value, as an unsigned number", (text, value) => {
    expect(crc32(Buffer.from(text))).toBe(value);
    expect(crc32Portable(Buffer.from(text))).toBe(value);
  });

  it("continues from what came before", () => {
    const [first, second] = [Buffer.from("1234"), Buffer.from("56789")];
    expect(crc32(second, crc32(first))).toBe(0xcbf43926);
    expect(crc32Portable(second, crc32Portable(first))).toBe(0xcbf43926);
  });

  it("is the same with and without Node's own", () => {
    const bytes = Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 31) % 256));
    for (const length of [1, 2, 255, 256, 4096])
      expect(crc32Portable(bytes.subarray(0, length))).toBe(crc32(bytes.subarray(0, length)));
  });
});
