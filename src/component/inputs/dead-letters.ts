import { input } from "@prismatic-io/spectral";
import { HooklineError } from "../../errors";
import { isJsonObject } from "../../http/json-object";
import { toList, toNumber, toText } from "./clean";

const USUAL_LIMIT = 100;

/** Ids, however a flow came by them: typed in, referenced one by one or as one list, or as the dead letters themselves. */
const toIds = (value: unknown): readonly string[] =>
  toList([value].flat(2).map((item) => (isJsonObject(item) ? item.id : item)));

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
  limit: input({
    label: "Limit",
    type: "string",
    required: false,
    default: String(USUAL_LIMIT),
    comments: `How many dead letters are listed at most, from 1 to 1000; ${USUAL_LIMIT} unless it is changed.`,
    placeholder: "Enter a number",
    example: String(USUAL_LIMIT),
    clean: toNumber(USUAL_LIMIT),
  }),
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
