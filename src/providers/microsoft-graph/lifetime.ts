const USER = String.raw`(?:me|users(?:/[^/]+|\([^)]*\)))`;

/**
 * Documented maxima in minutes by resource, as of September 2026; what is not listed lives the shortest of
 * the rest, just under three days. https://learn.microsoft.com/en-us/graph/change-notifications-overview#subscription-lifetime
 */
const MAXIMA: readonly (readonly [resource: RegExp, minutes: number])[] = [
  [/^teams\/[^/]+\/schedule\//, 360],
  [
    new RegExp(`^${USER}/(?:messages|mailfolders|events|calendars?|contacts|contactfolders)\\b`),
    10_080,
  ],
  [/^(?:(?:me|[^/]+\/[^/]+)\/)?drive\/root|^drives\/|^sites\/.+\/lists\//, 42_300],
  [/^(?:security\/alerts|solutions\/approval\/)/, 43_200],
  [/^(?:users|groups)(?:\/[^/]+(?:\/(?:owners|members))?)?$/, 41_760],
];
const OTHER_MINUTES = 4_230;

/** Graph refuses more than the maximum, by its own clock. */
const MARGIN_MINUTES = 10;

/** How long a subscription to a resource is asked to live. The resource in lower case, without a slash in front. */
export const toLifetimeMinutes = (resource: string): number => {
  const [, minutes = OTHER_MINUTES] = MAXIMA.find(([kind]) => kind.test(resource)) ?? [];
  return minutes - MARGIN_MINUTES;
};
