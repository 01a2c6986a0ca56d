/** What a definition gives alone or as a list of alternatives, as a list. */
export const alternativesOf = <Item>(given: Item | readonly Item[]): readonly Item[] =>
  Array.isArray(given) ? given : [given as Item];
