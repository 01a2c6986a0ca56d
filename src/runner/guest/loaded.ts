import { HooklineError } from "../../errors";
import type { FromGuest, GuestFlow, GuestSetup, ToGuest } from "../isolation/messages";
import type { Component } from "../platform/component";
import { createLogger } from "../platform/context";
import { describeThrown } from "../platform/describe-thrown";
import type { LoadedFlow, RunSurroundings } from "../platform/flow-run";
import { describeComponent, loadBundles } from "./bundle";
import { warnOfInputs } from "./check-inputs";
import type { GuestLog } from "./log";

type Components = ReadonlyMap<string, Component>;

/** What the guest holds between messages. */
export interface Loaded {
  readonly surroundings: RunSurroundings;
  readonly components: Components;
  /** By their keys. */
  readonly flows: ReadonlyMap<string, LoadedFlow>;
}

/** What a message has left the guest with, and what it has to tell of it. */
export interface LoadOutcome {
  readonly loaded: Loaded | undefined;
  readonly says: FromGuest;
}

const setUp = ({ bundles, unknowns, stateBytes }: GuestSetup): Loaded => ({
  surroundings: { unknowns, stateBytes, stored: new Map() },
  components: loadBundles(bundles),
  flows: new Map(),
});

const loadFlow = (definition: GuestFlow, components: Components, log: GuestLog): LoadedFlow => {
  const trigger = components.get(definition.component)?.triggers?.[definition.trigger];
  if (!trigger) {
    throw new HooklineError(
      "COMPONENT_UNUSABLE",
      `Trigger "${definition.trigger}" is gone from component "${definition.component}". Start the runner again.`,
    );
  }
  const logger = createLogger((level, values) => log.write(level, definition.name, values));
  return { definition, trigger, logger };
};

const addFlows = (loaded: Loaded, flows: readonly GuestFlow[], log: GuestLog): Loaded => ({
  ...loaded,
  flows: new Map(flows.map((flow) => [flow.key, loadFlow(flow, loaded.components, log)])),
});

const describe = ({ components }: Loaded): FromGuest => ({
  components: [...components.values()].map(describeComponent),
});

const toFailure = (thrown: unknown): FromGuest => ({
  failure: {
    code: thrown instanceof HooklineError ? thrown.code : "COMPONENT_UNUSABLE",
    message: describeThrown(thrown),
  },
});

/** A guest that starts anew, after a crash perhaps, has nothing to say of flows that it was told about before. */
const startAnew = (setup: GuestSetup, flows: readonly GuestFlow[], log: GuestLog): LoadOutcome => {
  const loaded = addFlows(setUp(setup), flows, log);
  return { loaded, says: describe(loaded) };
};

const replaceFlows = (
  before: Loaded | undefined,
  { flows, areRestored }: ToGuest,
  log: GuestLog,
): LoadOutcome => {
  if (!before || !flows) return { loaded: before, says: {} };
  const loaded = addFlows(before, flows, log);
  if (!areRestored) warnOfInputs(loaded.flows.values(), log);
  return { loaded, says: {} };
};

/** Does what a message says about components and flows. Whatever goes wrong leaves nothing that could run. */
export const load = (before: Loaded | undefined, message: ToGuest, log: GuestLog): LoadOutcome => {
  const { setup, flows = [] } = message;
  try {
    return setup ? startAnew(setup, flows, log) : replaceFlows(before, message, log);
  } catch (thrown) {
    return { loaded: undefined, says: toFailure(thrown) };
  }
};
