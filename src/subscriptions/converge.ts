import { HooklineError, toMessage } from "../errors";
import { applyChange } from "./apply-changes";
import { type Change, compare } from "./compare";
import { findOurs } from "./find-ours";
import { inParallel } from "./in-parallel";
import { runChecks } from "./run-checks";
import type { Found, Plan } from "./subscription-state";
import { toWanted } from "./wish";
import type { Work } from "./work";

const MAXIMUM_ROUNDS = 4;

/** One deploy of one flow. */
export interface Task extends Work {
  readonly plans: readonly Plan[];
}

/** As we make them. A weak one that somebody typed in is not taken over. */
const isOfOurs = (secret: string): boolean => /^[0-9a-f]{64}$/.test(secret);

/** The one that we noted, else the one that is in use, else a new one. */
const chooseSecret = ({ subscription, record, host }: Task, found: readonly Found[]): string => {
  if (subscription.secret !== "ours") return "";
  const shown = found.map(({ secret = "" }) => secret).find(isOfOurs);
  return record?.secret || shown || host.makeSecret();
};

const isRemoval = ({ kind }: Change): boolean => kind === "remove";

/** What cannot be removed now stays noted, and the next deploy tries again. */
const removeExtra = async (task: Task, changes: readonly Change[]): Promise<boolean> => {
  const attempt = async (change: Change): Promise<boolean> => {
    try {
      return (await applyChange(task, change)) === "settled";
    } catch (error) {
      task.host.log(toMessage(error));
      return true;
    }
  };
  const { results } = await inParallel(changes, attempt);
  return results.every(Boolean);
};

const unclear = () =>
  new HooklineError(
    "SUBSCRIPTION_FAILED",
    "The provider gave no clear answer, and it has no list to look the outcome up in. Look at the provider whether there is a subscription too many, and deploy again.",
    { retryable: true },
  );

interface Round {
  /** Whether what is wanted is live. */
  readonly isLive: boolean;
  /** Whether nothing more is there than that. */
  readonly isClean: boolean;
  readonly secret: string;
}

const converge = async (
  task: Task,
  round: number,
  found: readonly Found[],
  secretSoFar: string,
): Promise<Round> => {
  const { subscription, host, ledger, plans, wish, conflicts } = task;
  const now = host.now();
  const secret = secretSoFar || chooseSecret(task, found);
  const wanted = toWanted(plans, { subscription, wish, secret, host });
  const renewsNow = wish.renewsNow === true && round === 1;
  const changes = compare({ subscription, wanted, found, ledger, conflicts, renewsNow, now });
  if (changes.length === 0)
    host.log(`As wanted: ${wanted.map(({ key }) => `"${key}"`).join(", ")}.`);
  const steps = changes.filter((change) => !isRemoval(change));
  if (round === 1 && steps.some(({ kind }) => kind !== "renew"))
    await runChecks(task, wish.settings);
  const work = { ...task, secrets: [...task.secrets, secret] };
  const { results, failures } = await inParallel(steps, (step) => applyChange(work, step));
  if (failures.length > 0) throw failures[0];
  if (results.includes("open") && !subscription.list) throw unclear();
  if (results.some((result) => result !== "settled"))
    return { isLive: false, isClean: false, secret };
  return { isLive: true, isClean: await removeExtra(work, changes.filter(isRemoval)), secret };
};

/** Once what is wanted is live, a look that fails only leaves something to the next deploy. */
const look = async (task: Task, { isLive }: Round): Promise<readonly Found[] | undefined> => {
  try {
    return await findOurs(task, task.host.now());
  } catch (error) {
    if (!isLive) throw error;
    task.host.log(toMessage(error));
    return undefined;
  }
};

/**
 * Lists, compares and applies until all is as wanted.
 *
 * @returns the secret that deliveries are signed with from now on, where it is ours to make.
 */
export const convergeInRounds = async (task: Task): Promise<string> => {
  let round: Round = { isLive: false, isClean: false, secret: "" };
  for (let count = 1; count <= MAXIMUM_ROUNDS && !round.isClean; count++) {
    const found = await look(task, round);
    if (!found) break;
    round = await converge(task, count, found, round.secret);
  }
  if (round.isLive) return round.secret;
  throw new HooklineError(
    "SUBSCRIPTION_FAILED",
    "The provider keeps failing: it answered with errors or not at all, several times over. Deploy again later.",
    { retryable: true },
  );
};
