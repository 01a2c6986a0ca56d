import { input } from "@prismatic-io/spectral";
import { HooklineError } from "../../errors";
import { toPairs, toText } from "./clean";

const toStatus = (value: unknown): number | undefined => {
  const text = toText(value);
  if (text === "") return undefined;
  if (/^[2-5]\d\d$/.test(text)) return Number(text);
  throw new HooklineError(
    "INPUT_INVALID",
    "Response Status: enter a status from 200 to 599, or nothing.",
  );
};

/** How a request that is described by hand is answered. */
export const rawReplyInputs = {
  responseStatus: input({
    label: "Response Status",
    type: "string",
    required: false,
    comments: "The status of the reply to an accepted request, 200 when empty.",
    placeholder: "Enter an HTTP status",
    example: "202",
    clean: toStatus,
  }),
  responseContentType: input({
    label: "Response Content Type",
    type: "string",
    required: false,
    comments: "The content type of the reply to an accepted request.",
    placeholder: "Enter a content type",
    example: "application/json",
    clean: toText,
  }),
  responseHeaders: input({
    label: "Response Headers",
    type: "string",
    collection: "keyvaluelist",
    required: false,
    comments: "Further headers of the reply to an accepted request.",
    placeholder: "Enter a header",
    example: "X-Received-By",
    clean: toPairs,
  }),
  responseBody: input({
    label: "Response Body",
    type: "text",
    required: false,
    comments:
      "The reply to an accepted request, with {json:path}, {header:name}, {query:name} and {body} as placeholders. The platform's own reply is sent when this and the other response inputs are empty.",
    placeholder: "Enter the body of the reply",
    example: '{"received":"{json:id}"}',
    clean: toText,
  }),
} as const;
