import { randomBytes } from "node:crypto";
import { crc32 } from "../../http/crc32";
import { MARKER_BYTES, readFrameHeader } from "./record-frame";

/** The start of a segment: "hookline" 8 · format version 4 · marker 8 · CRC of the 20 bytes before 4. */
export const SEGMENT_HEADER_BYTES = 24;
const FORMAT_VERSION = 1;
const MAGIC = Buffer.from("hookline", "latin1");

export type SegmentHeader =
  | { readonly marker: Buffer; readonly damaged: boolean }
  | { readonly version: number };

export const createMarker = (): Buffer => randomBytes(MARKER_BYTES);

export const toSegmentHeader = (marker: Buffer): Buffer => {
  const bytes = Buffer.alloc(SEGMENT_HEADER_BYTES);
  MAGIC.copy(bytes);
  bytes.writeUInt32LE(FORMAT_VERSION, 8);
  marker.copy(bytes, 12);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 20)), 20);
  return bytes;
};

/** Every record starts with the marker, so the first one gives it away when the segment's header is damaged. */
const readMarkerOfFirstFrame = (frame: Buffer): SegmentHeader | undefined => {
  const marker = Buffer.from(frame.subarray(0, MARKER_BYTES));
  return readFrameHeader(marker, frame) && { marker, damaged: true };
};

/** `start` is the segment header and the first frame header. Nothing when neither can be made out. */
export const readSegmentHeader = (start: Buffer): SegmentHeader | undefined => {
  const header = start.subarray(0, SEGMENT_HEADER_BYTES);
  const isWhole =
    header.length === SEGMENT_HEADER_BYTES &&
    MAGIC.equals(header.subarray(0, 8)) &&
    crc32(header.subarray(0, 20)) === header.readUInt32LE(20);
  if (!isWhole) return readMarkerOfFirstFrame(start.subarray(SEGMENT_HEADER_BYTES));
  const version = header.readUInt32LE(8);
  if (version !== FORMAT_VERSION) return { version };
  return { marker: Buffer.from(header.subarray(12, 20)), damaged: false };
};
