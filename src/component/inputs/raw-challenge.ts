import { input } from "@prismatic-io/spectral";
import { toChoice, toText } from "./clean";

/** How the sender of a request that is described by hand tests the endpoint. */
export const rawChallengeInputs = {
  challenge: input({
    label: "Challenge",
    type: "string",
    required: false,
    default: "none",
    comments:
      "How the sender tests the endpoint: a value in the query, body or header that has to be sent back.",
    placeholder: "Choose the kind of challenge",
    example: "echoQuery",
    model: [
      { label: "None", value: "none" },
      { label: "Echo a query parameter", value: "echoQuery" },
      { label: "Echo a field of the body", value: "echoBody" },
      { label: "Echo a header", value: "echoHeader" },
    ],
    clean: toChoice("Challenge", ["none", "echoQuery", "echoBody", "echoHeader"]),
  }),
  challengeField: input({
    label: "Challenge Field",
    type: "string",
    required: false,
    comments: "The query parameter, JSON field or header that holds the value to send back.",
    placeholder: "Enter the name of the field",
    example: "hub.challenge",
    clean: toText,
  }),
  challengeContentType: input({
    label: "Challenge Content Type",
    type: "string",
    required: false,
    default: "text/plain",
    comments:
      "The content type of the answer to a challenge. JSON sends the value back in a field of the same name.",
    placeholder: "Choose the content type",
    example: "text/plain",
    model: [
      { label: "text/plain", value: "text/plain" },
      { label: "application/json", value: "application/json" },
    ],
    clean: toChoice("Challenge Content Type", ["text/plain", "application/json"]),
  }),
} as const;
