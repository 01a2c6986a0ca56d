import { input } from "@prismatic-io/spectral";
import { toList, toText } from "./clean";

/** From where requests may come. */
export const sourceInputs = {
  allowedSources: input({
    label: "Allowed Sources",
    type: "string",
    collection: "valuelist",
    required: false,
    comments:
      "The IP addresses and CIDR ranges that requests may come from. Every source is allowed when this is empty.",
    placeholder: "Enter an address or range",
    example: "203.0.113.0/24",
    clean: toList,
  }),
  sourceHeader: input({
    label: "Source Header",
    type: "string",
    required: false,
    comments:
      "The header in which the platform puts the sender's address. Its last address counts. Required with Allowed Sources.",
    placeholder: "Enter the name of the header",
    example: "X-Forwarded-For",
    clean: toText,
  }),
} as const;
