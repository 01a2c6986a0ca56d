import { validateHeaderName, validateHeaderValue } from "node:http";
import { HooklineError } from "../../errors";
import type { Answer } from "../isolation/messages";
import type { PlatformUnknowns } from "./unknowns";

const EXECUTION_HEADER = "prismatic-executionid";
/** Framing belongs to the server; a component that copies request headers into its response must not break it. */
const FRAMING_HEADERS = new Set([
  "content-length",
  "transfer-encoding",
  "connection",
  "keep-alive",
  "trailer",
  "content-type",
  EXECUTION_HEADER,
]);

const refuse = (what: string): never => {
  throw new HooklineError("COMPONENT_UNUSABLE", `The trigger's response is unusable: ${what}.`);
};

const toAnswer = (
  status: number,
  contentType: string,
  body: string,
  executionId: string,
  extra: readonly string[] = [],
): Answer => ({
  status,
  headers: ["content-type", contentType, EXECUTION_HEADER, executionId, ...extra],
  body,
});

/** Prismatic's own error shape. */
export const toErrorAnswer = (status: number, message: string, executionId: string): Answer =>
  toAnswer(status, "application/json", JSON.stringify({ error: message }), executionId);

const readStatus = (value: unknown): number => {
  const status = Number(value);
  return Number.isInteger(status) && status >= 200 && status <= 599
    ? status
    : refuse(`statusCode must be a whole number from 200 to 599, not ${JSON.stringify(value)}`);
};

const readHeaders = (value: unknown): string[] => {
  const headers: string[] = [];
  for (const [name, text] of Object.entries(value ?? {})) {
    if (FRAMING_HEADERS.has(name.toLowerCase()) || text === undefined || text === null) continue;
    try {
      validateHeaderName(name);
      validateHeaderValue(name, String(text));
    } catch {
      refuse(`header ${JSON.stringify(name)} has characters that HTTP does not allow`);
    }
    headers.push(name, String(text));
  }
  return headers;
};

const readBody = (body: unknown, unknowns: PlatformUnknowns): string => {
  if (typeof body === "string") return body;
  const json = unknowns.sendsObjectBodyAsJson ? JSON.stringify(body) : undefined;
  return json ?? refuse(`body must be a string, not ${typeof body}`);
};

const readContentType = (value: unknown): string => {
  const contentType = typeof value === "string" && value !== "" ? value : "application/json";
  try {
    validateHeaderValue("content-type", contentType);
  } catch {
    refuse("contentType has characters that HTTP does not allow");
  }
  return contentType;
};

/**
 * What the caller gets for a trigger's result: its `response`, or 200 with the execution's id. A
 * body that is left out becomes the execution's id too; an empty string stays an empty body.
 *
 * @throws HooklineError COMPONENT_UNUSABLE when HTTP cannot carry the response.
 */
export const toTriggerAnswer = (
  response: unknown,
  executionId: string,
  unknowns: PlatformUnknowns,
): Answer => {
  const defaultBody = JSON.stringify({ executionId });
  if (response === undefined || response === null) {
    return toAnswer(200, "application/json", defaultBody, executionId);
  }
  if (typeof response !== "object") return refuse("it is not an object");
  const { statusCode, contentType, headers, body } = response as Record<string, unknown>;
  return toAnswer(
    readStatus(statusCode),
    readContentType(contentType),
    body === undefined || body === null ? defaultBody : readBody(body, unknowns),
    executionId,
    readHeaders(headers),
  );
};
