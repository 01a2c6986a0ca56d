import type { InboundRequest } from "./inbound-request";
import { readPath, toText } from "./json-path";
import { parseTemplate, type TemplatePiece } from "./template";

const PLACEHOLDERS = ["body", "method", "url", "header:", "query:", "json:"] as const;

interface Filled {
  readonly request: InboundRequest;
  /** The body as it was read. */
  readonly data: unknown;
}

const fill = (piece: TemplatePiece, { request, data }: Filled): string | undefined => {
  if ("literal" in piece) return piece.literal;
  if (piece.name === "body") return request.body.toString("utf8");
  if (piece.name === "method") return request.method;
  if (piece.name === "url") return request.url;
  if (piece.name === "header") return request.headers.get(piece.argument.toLowerCase());
  if (piece.name === "query") return request.query.get(piece.argument);
  return toText(readPath(data, piece.argument));
};

/** A text with values of the request in it, and whether all of them were there. */
export interface RenderedTemplate {
  readonly text: string;
  readonly isComplete: boolean;
}

/** Compiles a template over a request; a value that is not there becomes empty. Throws INPUT_INVALID, naming the input, for an unknown placeholder. */
export const createRequestTemplate = (template: string, input: string) => {
  const pieces = parseTemplate(template, input, PLACEHOLDERS);
  return (filled: Filled): RenderedTemplate => {
    const values = pieces.map((piece) => fill(piece, filled));
    return {
      text: values.map((value) => value ?? "").join(""),
      isComplete: !values.includes(undefined),
    };
  };
};
