import zlib from "node:zlib";

const POLYNOMIAL = 0xedb88320;

const toTableEntry = (byte: number): number => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1;
  return value >>> 0;
};

let table: Uint32Array | undefined;

/** CRC-32 (IEEE 802.3) without native help, continued from `previous`. */
export const crc32Portable = (bytes: Uint8Array, previous = 0): number => {
  table ??= Uint32Array.from({ length: 256 }, (_, byte) => toTableEntry(byte));
  let crc = ~previous;
  for (const byte of bytes) crc = (table[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return ~crc >>> 0;
};

/** CRC-32 as an unsigned integer. Node has a native one since 20.15 and 22.2; we run on 20.0 too. */
export const crc32: (bytes: Uint8Array, previous?: number) => number = zlib.crc32 ?? crc32Portable;
