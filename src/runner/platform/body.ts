import type { PlatformUnknowns } from "./unknowns";

/** `body.data` of a request that the platform lets through, or why it does not. */
export type ParsedBody =
  | { readonly isRefused: false; readonly data: unknown }
  | { readonly isRefused: true; readonly message: string };

const MALFORMED_JSON = "Received malformed JSON payload.";
const TEXT_TYPES =
  /^(text\/|application\/(xml|x-www-form-urlencoded|csv|graphql|javascript|x-ndjson)$)|\+(xml|json)$/;

/** The media type alone: `application/json; charset=utf-8` is `application/json`. */
const toMediaType = (contentType: string): string =>
  (contentType.split(";", 1)[0] as string).trim().toLowerCase();

const isJson = (mediaType: string, unknowns: PlatformUnknowns): boolean =>
  mediaType === "application/json" || (unknowns.parsesJsonSuffix && mediaType.endsWith("+json"));

const parseJson = (bytes: Buffer): ParsedBody => {
  try {
    return { isRefused: false, data: JSON.parse(bytes.toString("utf8")) };
  } catch {
    return { isRefused: true, message: MALFORMED_JSON };
  }
};

export const isMultipart = (contentType: string | undefined): contentType is string =>
  contentType !== undefined && toMediaType(contentType) === "multipart/form-data";

/**
 * What the platform makes of a body before a trigger sees it: JSON is parsed (malformed JSON never
 * reaches a trigger), text stays text, anything else stays bytes. Multipart is read by `readMultipart`.
 */
export const parseBody = (
  bytes: Buffer,
  contentType: string | undefined,
  unknowns: PlatformUnknowns,
): ParsedBody => {
  if (bytes.length === 0) return { isRefused: false, data: unknowns.emptyBodyData };
  const mediaType = toMediaType(contentType ?? "text/plain");
  if (isJson(mediaType, unknowns)) return parseJson(bytes);
  const isText = TEXT_TYPES.test(mediaType) && unknowns.textBody === "string";
  return { isRefused: false, data: isText ? bytes.toString("utf8") : bytes };
};
