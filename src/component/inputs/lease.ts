import { input } from "@prismatic-io/spectral";
import { HooklineError } from "../../errors";
import { LONGEST_LEASE_SECONDS } from "../../queue/limits";
import { toListOf, toText } from "./clean";
import { numberInput } from "./number-input";

const toLease = (value: unknown): string => {
  const text = toText(value);
  if (text !== "") return text;
  throw new HooklineError(
    "INPUT_INVALID",
    "Lease: it is empty. Reference the lease of a message as Lease Messages or Drain Queue gave it.",
  );
};

/** What the actions that settle a message ask for. */
export const leaseInputs = {
  lease: input({
    label: "Lease",
    type: "string",
    required: true,
    comments:
      "The lease of the message, from Lease Messages or Drain Queue; it may come from another flow.",
    placeholder: "Reference messages[0].lease",
    example: "hookline1.WyJwb3N0Z3Jlc1F1ZXVlIiwiNHVs.q2tTQ2ZrT1pXb0hH",
    clean: toLease,
  }),
  leases: input({
    label: "Leases",
    type: "string",
    collection: "valuelist",
    required: true,
    comments:
      "The leases of the messages, from 1 to 1000, those of an ordering key in the order in which they were leased; the list of messages will do as well.",
    placeholder: "Reference messages of Lease Messages",
    example: "hookline1.WyJwb3N0Z3Jlc1F1ZXVlIiwiNHVs.q2tTQ2ZrT1pXb0hH",
    clean: toListOf("lease"),
  }),
  reason: input({
    label: "Reason",
    type: "string",
    required: false,
    comments:
      "Why the message could not be handled, up to 1000 characters; it is kept with the dead letter, so leave secrets out.",
    placeholder: "Enter or reference what went wrong",
    example: "The order does not exist.",
    clean: toText,
  }),
  delaySeconds: numberInput(
    {
      label: "Delay (Seconds)",
      comments: `How long the message, and with it its ordering key, waits before it is leased again, from 0 to ${LONGEST_LEASE_SECONDS} seconds. The backoff that was chosen with the lease is used when this is empty.`,
      example: "60",
    },
    undefined,
  ),
} as const;
