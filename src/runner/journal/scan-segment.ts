import { crc32 } from "../../http/crc32";
import type { ReadBytes } from "./read-window";
import { FRAME_HEADER_BYTES, MARKER_BYTES, readFrameHeader } from "./record-frame";
import { SEGMENT_HEADER_BYTES } from "./segment-header";

const SEARCH_BYTES = 64 * 1024;

/** A whole record; or a stretch of bytes in which there is none, the last of which may reach the end. */
export type ScanItem =
  | {
      readonly type: "record";
      readonly offset: number;
      readonly kind: number;
      readonly payload: Buffer;
    }
  | { readonly type: "damage"; readonly offset: number; readonly bytes: number };

interface Attempt {
  /** Present when the record is whole. */
  readonly frame?: { readonly kind: number; readonly payload: Buffer };
  /** Where the next record can start at the earliest. */
  readonly next: number;
}

const readFrame = async (read: ReadBytes, marker: Buffer, offset: number): Promise<Attempt> => {
  const header = readFrameHeader(marker, await read(offset, FRAME_HEADER_BYTES));
  if (!header) return { next: offset + 1 };
  const { kind, payloadBytes, checksum } = header;
  const payload = await read(offset + FRAME_HEADER_BYTES, payloadBytes);
  if (payload.length < payloadBytes) return { next: offset + FRAME_HEADER_BYTES };
  const next = offset + FRAME_HEADER_BYTES + payloadBytes;
  return crc32(payload) === checksum ? { frame: { kind, payload }, next } : { next };
};

const findMarker = async (read: ReadBytes, marker: Buffer, from: number, end: number) => {
  for (let at = from; at < end; at += SEARCH_BYTES - MARKER_BYTES + 1) {
    const found = (await read(at, SEARCH_BYTES)).indexOf(marker);
    if (found >= 0) return at + found;
  }
  return end;
};

/**
 * Every whole record of a segment between its header and `end`, in order, and what is damaged in between.
 * A payload is valid until the next record is asked for.
 */
export async function* scanSegment(
  read: ReadBytes,
  marker: Buffer,
  end: number,
): AsyncGenerator<ScanItem, void> {
  let damagedFrom: number | undefined;
  let offset = SEGMENT_HEADER_BYTES;
  while (offset < end) {
    const { frame, next } = await readFrame(read, marker, offset);
    if (!frame) {
      damagedFrom ??= offset;
      offset = await findMarker(read, marker, next, end);
      continue;
    }
    if (damagedFrom !== undefined) {
      yield { type: "damage", offset: damagedFrom, bytes: offset - damagedFrom };
      damagedFrom = undefined;
    }
    yield { type: "record", offset, ...frame };
    offset = next;
  }
  if (damagedFrom !== undefined) {
    yield { type: "damage", offset: damagedFrom, bytes: end - damagedFrom };
  }
}
