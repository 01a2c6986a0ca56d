/** A subscription as the scripted APIs keep it. */
export interface Hook {
  readonly id: string;
  /** What the API calls it where that is not the id: unique at its place only. */
  readonly name?: string;
  readonly place: string;
  readonly endpointUrl: string;
  readonly events: readonly string[];
  readonly enabled: boolean;
  readonly filter: string;
  /** What deliveries are signed with, where that is the subscription's own. */
  readonly secret?: string;
  /** Milliseconds since 1970. */
  readonly expiresAt?: number;
}

export const toShownId = ({ id, name = id }: Pick<Hook, "id" | "name">): string => name;

export interface HookStore {
  readonly all: () => readonly Hook[];
  readonly at: (place: string) => readonly Hook[];
  /** By what the API calls it. */
  readonly find: (place: string, shownId: string) => Hook | undefined;
  readonly add: (hook: Omit<Hook, "id">) => Hook;
  readonly put: (hook: Hook) => Hook;
  readonly remove: (id: string) => void;
  /** Forgets what has expired. */
  readonly expire: (now: Date) => void;
}

export const createHookStore = (): HookStore => {
  const hooks = new Map<string, Hook>();
  let made = 100;
  const put = (hook: Hook): Hook => {
    hooks.set(hook.id, hook);
    return hook;
  };
  return {
    all: () => [...hooks.values()],
    at: (place) => [...hooks.values()].filter((hook) => hook.place === place),
    find: (place, shownId) =>
      [...hooks.values()].find((hook) => hook.place === place && toShownId(hook) === shownId),
    add: (hook) => {
      made += 1;
      return put({ ...hook, id: `${made}` });
    },
    put,
    remove: (id) => {
      hooks.delete(id);
    },
    expire: (now) => {
      for (const { id, expiresAt = Number.POSITIVE_INFINITY } of hooks.values())
        if (expiresAt <= now.getTime()) hooks.delete(id);
    },
  };
};
