import fc from "fast-check";
import type { ApiShape } from "../support/api-shapes/api-shape";
import { createOnly, createOnlyOnce } from "../support/api-shapes/create-only";
import { expiring, expiringUntold } from "../support/api-shapes/expiring";
import { listAndUpdate } from "../support/api-shapes/list-and-update";
import { nameKeyed } from "../support/api-shapes/name-keyed";
import { noList } from "../support/api-shapes/no-list";
import { secretReturned } from "../support/api-shapes/secret-returned";
import { expectAtRest } from "./at-rest";
import { histories, type Step } from "./history";
import { createStory } from "./story";

const numRuns = Number(process.env.HISTORIES ?? 250);

const runHistory = async (shape: ApiShape, steps: readonly Step[]) => {
  const story = createStory(shape);
  for (const step of steps) await story.run(step);
  return expectAtRest(story);
};

describe.each([
  listAndUpdate,
  createOnly,
  createOnlyOnce,
  nameKeyed,
  noList,
  secretReturned,
  expiring,
  expiringUntold,
])("whatever happened at an API of the kind $name", (shape) => {
  it(
    "one more deploy leaves exactly what is wanted, and a delete nothing",
    () =>
      fc.assert(
        fc.asyncProperty(histories, async (steps) => {
          await runHistory(shape, steps);
        }),
        { numRuns },
      ),
    30_000 + numRuns * 50,
  );
});
