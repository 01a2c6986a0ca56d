export interface ContentType {
  /** Lower case, without parameters: `application/json`. */
  readonly mediaType: string;
  /** Names in lower case, values unquoted; the first of a repeated name. */
  readonly parameters: ReadonlyMap<string, string>;
}

const mediaTypePattern = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/;
const parameterPattern = /;\s*(?:([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"\s*|([^;"]*)))?/y;

const noParameters: ContentType["parameters"] = new Map();

const readParameters = (text: string): ReadonlyMap<string, string> => {
  const parameters = new Map<string, string>();
  const pattern = new RegExp(parameterPattern);
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const [, name, quoted, plain = ""] = match;
    const key = name?.toLowerCase();
    if (key === undefined || parameters.has(key)) continue;
    parameters.set(key, quoted?.replace(/\\(.)/g, "$1") ?? plain.trim());
  }
  return parameters;
};

/** A Content-Type header (RFC 9110 section 8.3); `undefined` where there is none that makes sense. */
export const readContentType = (header: string | undefined): ContentType | undefined => {
  if (header === undefined) return undefined;
  const end = header.indexOf(";");
  const mediaType = (end < 0 ? header : header.slice(0, end)).trim().toLowerCase();
  if (!mediaTypePattern.test(mediaType)) return undefined;
  return { mediaType, parameters: end < 0 ? noParameters : readParameters(header.slice(end)) };
};
