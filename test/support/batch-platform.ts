import component from "../../src";
import type { Leased } from "../../src/queue/queue";

/** What a batched trigger gives for a page: Spectral's wire shape. */
export interface Page {
  readonly payload: {
    readonly body: { readonly data: unknown; readonly contentType: string };
    readonly paginationState: unknown;
  };
  readonly resultType: "completed" | "polled_no_changes";
}

interface WireBatchTrigger {
  readonly perform: (context: object, payload: object, params: object) => Promise<Page>;
  readonly resolveTriggerItems: (context: object, page: Page) => readonly Leased[];
  readonly getNextPaginationState: (context: object, page: Page) => unknown;
}

const wireDrain = () => component.triggers.drainQueue as unknown as WireBatchTrigger;

const scheduled = {
  headers: {},
  queryParameters: null,
  rawBody: { data: null },
  body: { data: null },
  pathFragment: "",
  flow: { id: "f", name: "Drain", stableId: "stable-1" },
};

export interface Tick {
  readonly params: object;
  /** The flow, run once for each item. */
  readonly run: (message: Leased) => Promise<void>;
  /** How many items are run at the same time. */
  readonly concurrency?: number;
  /** Whether a page is asked for only after all runs of the page before: nobody has told what the platform does. */
  readonly waitsForRuns?: boolean;
}

export interface Ticked {
  readonly pages: readonly Page[];
  /** The items of each page. */
  readonly items: readonly (readonly Leased[])[];
}

/** One call of Drain Queue, as the platform makes it. */
export const drainOnce = (
  params: object,
  paginationState?: unknown,
  context: object = {},
): Promise<Page> => {
  const payload = { ...scheduled, ...(paginationState !== undefined && { paginationState }) };
  return wireDrain().perform({ instanceState: {}, logger: console, ...context }, payload, params);
};

const runAll = async (
  messages: readonly Leased[],
  { run, concurrency = 10 }: Tick,
): Promise<void> => {
  const waiting = [...messages];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await run(next);
  };
  await Promise.all(Array.from({ length: concurrency }, work));
};

/** One occurrence of the schedule, with everything that follows from it. State goes through JSON, as it would between processes. */
export const tick = async (options: Tick): Promise<Ticked> => {
  const { resolveTriggerItems, getNextPaginationState } = wireDrain();
  const pages: Page[] = [];
  const items: (readonly Leased[])[] = [];
  const runs: Promise<void>[] = [];
  let state: unknown;
  do {
    const page = await drainOnce(options.params, state);
    pages.push(page);
    items.push(resolveTriggerItems({}, page));
    runs.push(runAll(items.at(-1) ?? [], options));
    if (options.waitsForRuns ?? true) await runs.at(-1);
    state = JSON.parse(JSON.stringify(getNextPaginationState({}, page)));
  } while (state !== null);
  await Promise.all(runs);
  return { pages, items };
};
