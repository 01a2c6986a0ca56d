import { input, util } from "@prismatic-io/spectral";
import { HooklineError } from "../../errors";
import { LARGEST_KEY_BYTES } from "../../queue/limits";
import { numberInput } from "./number-input";

/** A key to the letter, because one that was trimmed here would be another one elsewhere. */
const toKey =
  (label: string, advice: string) =>
  (value: unknown): string => {
    const isText = typeof value !== "object" || value === null;
    const text = isText ? util.types.toString(value) : "";
    if (text.trim() !== "") return text;
    const problem = isText ? "it is empty" : "it is not a text or a number";
    throw new HooklineError("INPUT_INVALID", `${label}: ${problem}. ${advice}`);
  };

/** What makes up a message. */
export const messageInputs = {
  orderingKey: input({
    label: "Ordering Key",
    type: "string",
    required: true,
    comments: `What the messages that have to stay in order share, such as the id of an order, up to ${LARGEST_KEY_BYTES} bytes. Messages with different keys do not wait for each other.`,
    placeholder: "Reference what has to stay in order",
    example: "order-42",
    clean: toKey("Ordering Key", "Reference what the messages that have to stay in order share."),
  }),
  dedupeKey: input({
    label: "Dedupe Key",
    type: "string",
    required: true,
    comments: `What tells a repeat from a new message, such as the id of an event, up to ${LARGEST_KEY_BYTES} bytes. A message whose dedupe key the queue still remembers is dropped, whatever its ordering key.`,
    placeholder: "Reference what is the same in a repeat",
    example: "evt_1NG8Du2eZvKYlo2CUI79vXWy",
    clean: toKey("Dedupe Key", "Reference what is the same in a repeat, such as the event's id."),
  }),
  body: input({
    label: "Body",
    type: "data",
    required: true,
    comments:
      "What the message holds: text, a JSON value or a file. PostgreSQL and Redis take 16 MiB, Amazon SQS takes 960 KiB; for more, keep the data elsewhere and enqueue where it is.",
    placeholder: "Reference what the message holds",
    example: '{"order":42,"state":"paid"}',
    clean: (value: unknown): unknown => value,
  }),
  delaySeconds: numberInput(
    {
      label: "Delay (Seconds)",
      comments:
        "How long the message, and those behind it in its ordering key, wait before they are leased, from 0 to 2592000 seconds. Amazon SQS cannot delay single messages.",
      example: "60",
    },
    0,
  ),
} as const;
