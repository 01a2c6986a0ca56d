const MOST_EDITS = 2;

/** How many letters have to be put in, taken out or replaced to make one text of the other (Levenshtein). */
const countEdits = (one: string, other: string): number => {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1];
    for (let column = 1; column <= other.length; column += 1) {
      const replaced = (row[column - 1] ?? 0) + (other[column - 1] === letter ? 0 : 1);
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
};

/** The choice that was probably meant by a misspelt text; nothing where none is near. */
export const findNearest = (text: string, choices: readonly string[]): string | undefined => {
  const lower = text.toLowerCase().slice(0, 100);
  const [nearest] = choices
    .map((choice) => ({ choice, edits: countEdits(lower, choice.toLowerCase()) }))
    .filter(({ edits }) => edits <= MOST_EDITS)
    .sort((one, other) => one.edits - other.edits);
  return nearest?.choice;
};
