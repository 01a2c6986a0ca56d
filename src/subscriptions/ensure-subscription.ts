import { HooklineError } from "../errors";
import { remove } from "./apply-changes";
import { convergeInRounds, type Task } from "./converge";
import { checkEndpoint } from "./endpoint";
import type { SubscriptionHost } from "./host";
import { inParallel } from "./in-parallel";
import { openWork } from "./open-work";
import { keepRecent, type Orphan, type SubscriptionRecord } from "./record";
import { removeElsewhere } from "./remove-at";
import type { ApiSubscription } from "./subscription";
import { readPlans, type Wish } from "./wish";

/** Time for taking things back, after the time for everything else is used up. */
const ROLL_BACK_MILLISECONDS = 4_000;
/** How many leftovers a message names. */
const MOST_NAMED = 10;

/** What stands at other servers is told until a person says that it is gone, by deleting the instance. */
const keepOrphans = ({ record, place }: Task, orphans: readonly Orphan[]): readonly Orphan[] => {
  const told = new Set(orphans.map(({ id }) => id));
  const before = record?.orphans ?? [];
  return [
    ...orphans,
    ...before.filter(({ id, baseUrl }) => baseUrl !== place.baseUrl && !told.has(id)),
  ];
};

/** Takes back what this deploy has made. Returns what is left. */
const rollBack = async (task: Task): Promise<readonly string[]> => {
  const attempt = async (id: string): Promise<string | undefined> => {
    const outcome = await remove(task, id, task.ledger.get(id)?.key ?? id).catch(() => "open");
    return outcome === "settled" ? undefined : id;
  };
  const { results } = await inParallel([...task.made], attempt);
  return results.filter((id) => id !== undefined);
};

const withLeftovers = (error: unknown, left: readonly string[]): unknown => {
  if (left.length === 0 || !(error instanceof HooklineError)) return error;
  const more = left.length > MOST_NAMED ? ` and ${left.length - MOST_NAMED} more` : "";
  const names = `${left.slice(0, MOST_NAMED).join(", ")}${more}`;
  const message = `${error.message} Left at the provider: ${names}. The next deploy takes care of it, or remove it by hand.`;
  return new HooklineError(error.code, message, { cause: error, retryable: error.retryable });
};

const toRecord = (task: Task, secret: string, orphans: readonly Orphan[]): SubscriptionRecord => {
  const { wish, ledger, host, record, place } = task;
  if (record && record.secret !== secret) ledger.retire(record.secret, host.now());
  return {
    version: 1,
    provider: wish.provider,
    endpointUrl: wish.endpointUrl,
    owner: wish.owner,
    settings: wish.settings,
    secret,
    subscriptions: ledger.all().filter(({ baseUrl }) => baseUrl === place.baseUrl),
    retired: keepRecent(ledger.retired(), host.now()),
    orphans: keepOrphans(task, orphans),
  };
};

/**
 * Brings about that exactly the subscriptions that the wish asks for are live: adopts ours, creates what is
 * missing, changes what differs, removes what is no longer wanted, and touches nobody else's. May be
 * repeated at any time; one read when nothing changed.
 *
 * @returns the record to keep.
 * @throws HooklineError INPUT_INVALID, CONNECTION_INVALID, PROVIDER_UNREACHABLE or SUBSCRIPTION_FAILED. What this run created is removed again then, as far as possible.
 */
export const ensureSubscription = async (
  subscription: ApiSubscription,
  wish: Wish,
  record: SubscriptionRecord | undefined,
  host: SubscriptionHost,
): Promise<SubscriptionRecord> => {
  const plans = readPlans(subscription, wish);
  const task: Task = { ...openWork(subscription, wish, record, host), plans };
  checkEndpoint(wish.endpointUrl, task.place.baseUrl);
  try {
    const secret = await convergeInRounds(task);
    return toRecord(task, secret, await removeElsewhere(task));
  } catch (error) {
    const deadline = new Date(host.deadline.getTime() + ROLL_BACK_MILLISECONDS);
    const { send } = openWork(subscription, wish, record, { ...host, deadline });
    throw withLeftovers(error, await rollBack({ ...task, send }));
  }
};
