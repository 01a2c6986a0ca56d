import { crc32 as native } from "node:zlib";
import { assert as assertProperty, property, uint8Array } from "fast-check";
import { crc32, crc32Portable } from "../../../src/runner/journal/checksum";

test("the portable checksum gives the published check value", () => {
  expect(crc32Portable(Buffer.from("123456789"))).toBe(0xcbf43926);
});

test("both checksums agree, in one piece and in two", () => {
  const pieces = property(uint8Array(), uint8Array(), (first, second) => {
    const whole = Buffer.concat([first, second]);
    expect(crc32Portable(second, crc32Portable(first))).toBe(crc32(whole));
    expect(crc32(second, crc32(first))).toBe(crc32Portable(whole));
  });
  void assertProperty(pieces);
});

test("the native checksum is taken where node has one", () => {
  expect(crc32).toBe(native ?? crc32Portable);
});
