import { input } from "@prismatic-io/spectral";
import { LONGEST_DEDUPE_WINDOW_SECONDS, LONGEST_LEASE_SECONDS } from "../../queue/limits";
import { toChoice, toConnection, toText } from "./clean";
import { numberInput } from "./number-input";

/** Inputs that several queue actions and triggers share. */
export const queueInputs = {
  queueConnection: input({
    label: "Queue Connection",
    type: "connection",
    required: true,
    comments:
      "Where the queue is kept: a connection of the kind PostgreSQL Queue, Redis Queue or Amazon SQS Queue.",
    clean: toConnection,
  }),
  queue: input({
    label: "Queue",
    type: "string",
    required: true,
    comments:
      "The name of the queue, up to 200 characters; whoever uses the same connection and name uses the same queue.",
    placeholder: "Enter the name of the queue",
    example: "orders",
    clean: toText,
  }),
  maximumMessages: numberInput(
    {
      label: "Maximum Messages",
      comments:
        "How many messages are leased at once over all ordering keys, from 1 to 1000. One message, the usual, is the easiest to settle; more save runs.",
      example: "10",
    },
    1,
  ),
  maximumPerKey: numberInput(
    {
      label: "Maximum Per Key",
      comments:
        "How many messages of one ordering key are leased at once, from 1 to 1000. They come in order and are settled in order; raise it with Maximum Messages when single keys have many messages.",
      example: "5",
    },
    1,
  ),
  leaseSeconds: numberInput(
    {
      label: "Lease (Seconds)",
      comments: `How long the messages are kept from everybody else, from 1 to ${LONGEST_LEASE_SECONDS} seconds. Make it longer than the work takes: a message whose lease runs out is handed out again.`,
      example: "300",
    },
    300,
  ),
  maximumAttempts: numberInput(
    {
      label: "Maximum Attempts",
      comments:
        "How often a message is leased before it is given up, from 1 to 1000. A run that dies counts.",
      example: "10",
    },
    10,
  ),
  backoffSeconds: numberInput(
    {
      label: "Backoff (Seconds)",
      comments: `How long an ordering key waits after its message was released for the first time, from 0 to ${LONGEST_LEASE_SECONDS} seconds. The pause doubles with each attempt; raise it when what fails needs long to recover.`,
      example: "5",
    },
    5,
  ),
  maximumBackoffSeconds: numberInput(
    {
      label: "Maximum Backoff (Seconds)",
      comments: `How long the pause between two attempts grows at most, from 0 to ${LONGEST_LEASE_SECONDS} seconds. Lower it when keys have to go on soon after a long failure.`,
      example: "3600",
    },
    3600,
  ),
  onExhausted: input({
    label: "On Exhausted",
    type: "string",
    required: false,
    default: "deadLetter",
    comments:
      "What happens after the last attempt: the message is set aside as a dead letter and its ordering key goes on, or the key waits as well until the dead letter is redriven or removed. Amazon SQS cannot let a key wait.",
    placeholder: "Choose what happens after the last attempt",
    example: "deadLetter",
    model: [
      { label: "Set the message aside, and go on with its ordering key", value: "deadLetter" },
      { label: "Set the message aside, and let its ordering key wait", value: "block" },
    ],
    clean: toChoice("On Exhausted", ["deadLetter", "block"]),
  }),
  dedupeWindowSeconds: numberInput(
    {
      label: "Dedupe Window (Seconds)",
      comments: `How long a dedupe key is remembered and its repeats are dropped, from 1 to ${LONGEST_DEDUPE_WINDOW_SECONDS} seconds. Three days, as long as most providers redeliver, is used when this is empty; Amazon SQS always remembers for 300 seconds.`,
      example: "259200",
    },
    undefined,
  ),
} as const;
