import { input } from "@prismatic-io/spectral";
import { HooklineError } from "../../errors";
import { toListOf, toText } from "./clean";
import { numberInput } from "./number-input";

const USUAL_LIMIT = 100;

const toIds = toListOf("id");

const toSomeIds = (value: unknown): readonly string[] => {
  const ids = toIds(value);
  if (ids.length > 0) return ids;
  throw new HooklineError(
    "INPUT_INVALID",
    "IDs: enter or reference the id of at least one dead letter, as List Dead Letters returns it.",
  );
};

const idsDisplay = {
  label: "IDs",
  type: "string",
  collection: "valuelist",
  placeholder: "Reference the id of a dead letter",
  example: "1042",
  dataSource: "deadLetters",
} as const;

/** What the actions for dead letters ask for. */
export const deadLetterInputs = {
  limit: numberInput(
    {
      label: "Limit",
      comments: `How many dead letters are listed at most, from 1 to 1000; ${USUAL_LIMIT} unless it is changed.`,
      example: String(USUAL_LIMIT),
    },
    USUAL_LIMIT,
  ),
  cursor: input({
    label: "Cursor",
    type: "string",
    required: false,
    comments: "The cursor of the page before, to go on behind it; the first page if empty.",
    placeholder: "Reference the cursor of the page before",
    example: "1042",
    clean: (value: unknown): string | null => toText(value) || null,
  }),
  redrivenIds: input({
    ...idsDisplay,
    required: false,
    comments:
      "The ids of the dead letters to put back, as List Dead Letters returns them; all of the queue's if this is empty.",
    clean: toIds,
  }),
  removedIds: input({
    ...idsDisplay,
    required: true,
    comments: "The ids of the dead letters to remove for good, as List Dead Letters returns them.",
    clean: toSomeIds,
  }),
} as const;
