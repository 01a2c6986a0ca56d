import { createHash } from "node:crypto";

/** Prismatic's ids are base64 of "Type:uuid" (GraphQL relay ids). */
export const toRelayId = (type: string, uuid: string): string =>
  Buffer.from(`${type}:${uuid}`).toString("base64");

/** The same text gives the same UUID on every start, so that URLs survive a restart. */
export const toStableUuid = (text: string): string => {
  const hex = createHash("sha256").update(text).digest("hex");
  const version = `5${hex.slice(13, 16)}`;
  const variant = `8${hex.slice(17, 20)}`;
  return [hex.slice(0, 8), hex.slice(8, 12), version, variant, hex.slice(20, 32)].join("-");
};

const UNUSED_FRACTION = [".000Z", "00Z", "0Z", "Z"];

/** Prismatic writes `2025-08-13 23:12:28.01904+00`: no T, and no trailing zeros in the fraction. */
export const toStartedAt = (time: Date): string => {
  const iso = time.toISOString();
  const unused = UNUSED_FRACTION.find((ending) => iso.endsWith(ending)) as string;
  return `${iso.slice(0, 10)} ${iso.slice(11, -unused.length)}+00`;
};
