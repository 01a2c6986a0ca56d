import { crc32 } from "../../http/crc32";

/**
 * A record on disk, integers little endian:
 * marker 8 · kind 1 · zero 3 · payload length 4 · payload CRC 4 · CRC of the 20 bytes before 4 · payload.
 *
 * The marker is random per segment. It lets a reader find the next record behind damage, and since no sender
 * can guess it, no captured body can pose as a record.
 */
export interface JournalRecord {
  /** What the payload is. Readers skip the kinds that they do not know. */
  readonly kind: number;
  /** The payload in pieces, written one after the other. Must not change until written. */
  readonly parts: readonly Uint8Array[];
  /** Bytes on disk, frame header included. */
  readonly bytes: number;
  readonly checksum: number;
}

export interface FrameHeader {
  readonly kind: number;
  readonly payloadBytes: number;
  readonly checksum: number;
}

export const MARKER_BYTES = 8;
export const FRAME_HEADER_BYTES = 24;
/** More than any accepted request; a reader never allocates beyond it. */
export const MAXIMUM_RECORD_BYTES = 32 * 1024 * 1024;

export const toRecord = (kind: number, parts: readonly Uint8Array[]): JournalRecord => ({
  kind,
  parts,
  bytes: parts.reduce((sum, part) => sum + part.byteLength, FRAME_HEADER_BYTES),
  checksum: parts.reduce((crc, part) => crc32(part, crc), 0),
});

const writeFrame = (
  marker: Buffer,
  record: JournalRecord,
  target: Buffer,
  start: number,
): number => {
  marker.copy(target, start);
  target.writeUInt32LE(record.kind, start + 8);
  target.writeUInt32LE(record.bytes - FRAME_HEADER_BYTES, start + 12);
  target.writeUInt32LE(record.checksum, start + 16);
  target.writeUInt32LE(crc32(target.subarray(start, start + 20)), start + 20);
  let end = start + FRAME_HEADER_BYTES;
  for (const part of record.parts) {
    target.set(part, end);
    end += part.byteLength;
  }
  return end;
};

export const countBytes = (records: readonly JournalRecord[]): number =>
  records.reduce((sum, { bytes }) => sum + bytes, 0);

/** All records behind one another, in one buffer for one write. */
export const toFrames = (marker: Buffer, records: readonly JournalRecord[]): Buffer => {
  const target = Buffer.allocUnsafe(countBytes(records));
  let end = 0;
  for (const record of records) end = writeFrame(marker, record, target, end);
  return target;
};

/** The header at the start of `bytes`, or nothing unless every bit of it holds. */
export const readFrameHeader = (marker: Buffer, bytes: Buffer): FrameHeader | undefined => {
  if (bytes.length < FRAME_HEADER_BYTES) return undefined;
  if (marker.compare(bytes, 0, MARKER_BYTES) !== 0) return undefined;
  if (crc32(bytes.subarray(0, 20)) !== bytes.readUInt32LE(20)) return undefined;
  const kind = bytes.readUInt32LE(8);
  const payloadBytes = bytes.readUInt32LE(12);
  if (kind > 0xff || FRAME_HEADER_BYTES + payloadBytes > MAXIMUM_RECORD_BYTES) return undefined;
  return { kind, payloadBytes, checksum: bytes.readUInt32LE(16) };
};
