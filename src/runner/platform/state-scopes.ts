import { HooklineError } from "../../errors";
import { isJsonObject } from "../../http/json-object";

/** What a component may keep (Prismatic calls them Execution, Flow, Cross Flow and Integration). */
type Scope = "executionState" | "instanceState" | "crossFlowState" | "integrationState";
export type StateScopes = Record<Scope, Record<string, unknown>>;

/** Where each scope that outlives the run is stored; a scope that is not named starts empty and is discarded. */
export type ScopeKeys = Readonly<Partial<Record<Scope, string>>>;

/** State of one run: its own copy, as it was when the run began. */
export interface OpenState {
  readonly scopes: StateScopes;
  /**
   * What the run leaves behind: changed scopes, whole, as JSON text by storage key. Mutations of the
   * scopes and the keys that the component returned both count; returned keys win and replace
   * whatever is nested below them.
   *
   * @throws HooklineError COMPONENT_UNUSABLE when a scope is not JSON or all together are too large.
   */
  readonly close: (returned: unknown) => Record<string, string> | undefined;
}

/** What is stored for a scope without anything in it; it counts as not being stored. */
export const EMPTY_SCOPE = "{}";

const toText = (scope: Scope, value: Record<string, unknown>): string => {
  try {
    return JSON.stringify(value);
  } catch (cause) {
    throw new HooklineError(
      "COMPONENT_UNUSABLE",
      `${scope} cannot be saved because it is not plain JSON data. Keep only strings, numbers, booleans, null, lists and objects in it.`,
      { cause },
    );
  }
};

const ensureFits = (texts: readonly (readonly [string, string])[], maximumBytes: number): void => {
  const bytes = texts.reduce((sum, [, text]) => sum + Buffer.byteLength(text), 0);
  if (bytes <= maximumBytes) return;
  throw new HooklineError(
    "COMPONENT_UNUSABLE",
    `The state is ${bytes} bytes and the platform saves at most ${maximumBytes}. Keep less in it.`,
  );
};

const toFinal = (scope: Scope, scopes: StateScopes, returned: unknown): Record<string, unknown> => {
  const additions = isJsonObject(returned) ? returned[scope] : undefined;
  return isJsonObject(additions) ? { ...scopes[scope], ...additions } : scopes[scope];
};

/**
 * Deep-copies the stored scopes for one run. Two runs that overlap do not see each other's changes,
 * and the one that ends last overwrites what the other saved, as on the platform.
 */
export const openState = (
  stored: ReadonlyMap<string, string>,
  keys: ScopeKeys,
  maximumBytes: number,
): OpenState => {
  const kept = Object.entries(keys) as [Scope, string][];
  const storedText = (key: string): string => stored.get(key) ?? EMPTY_SCOPE;
  const scopes: StateScopes = {
    executionState: {},
    instanceState: {},
    crossFlowState: {},
    integrationState: {},
  };
  for (const [scope, key] of kept) {
    const text = storedText(key);
    if (text !== EMPTY_SCOPE) scopes[scope] = JSON.parse(text);
  }
  const close = (returned: unknown): Record<string, string> | undefined => {
    const texts = kept.map(([scope, key]): [string, string] => [
      key,
      toText(scope, toFinal(scope, scopes, returned)),
    ]);
    const changes = texts.filter(([key, text]) => text !== storedText(key));
    if (changes.length === 0) return undefined;
    ensureFits(texts, maximumBytes);
    return Object.fromEntries(changes);
  };
  return { scopes, close };
};
