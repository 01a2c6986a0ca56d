import { HooklineError } from "../errors";
import type { ApiAnswer, SendRequest } from "../http/api-request";
import type { Call } from "./call";
import { isTransient } from "./caller";
import type { Change } from "./compare";
import type { SubscriptionHost } from "./host";
import type { Ledger } from "./ledger";
import { isGone, isSuccess, toRefusal } from "./refusal";
import type { ApiSubscription } from "./subscription";
import type { Created, Scope, Wanted } from "./subscription-state";

/** Everything that a step needs. */
export interface Work {
  readonly subscription: ApiSubscription;
  readonly scope: Scope;
  readonly send: SendRequest;
  readonly ledger: Ledger;
  readonly host: SubscriptionHost;
  /** Texts that no message may repeat. */
  readonly secrets: readonly string[];
  /** Ids that this deploy has made, to take back if it fails. */
  readonly made: Set<string>;
  /** Keys that the provider says are taken. */
  readonly conflicts: Set<string>;
}

/** `settled`: as asked. `open`: only a look at what is there can tell. */
type Result = "settled" | "open";

const tell = ({ host }: Work, done: string, key: string): void => host.log(`${done} "${key}".`);

const sendOnce = async ({ send }: Work, request: Parameters<SendRequest>[0]) => {
  try {
    return await send(request);
  } catch (error) {
    if (error instanceof HooklineError && error.code === "PROVIDER_UNREACHABLE") return undefined;
    throw error;
  }
};

const fail = (work: Work, attempt: string, answer: ApiAnswer): never => {
  throw toRefusal({ attempt, answer, hints: work.subscription.hints, secrets: work.secrets });
};

const TAKEN = /already (exists|been taken|in use|registered)|duplicate|must be unique/i;

const isConflict = ({ isConflict: recognise }: ApiSubscription, answer: ApiAnswer): boolean => {
  if (recognise) return recognise(answer);
  const { status, data } = answer;
  return status === 409 || ([400, 422].includes(status) && TAKEN.test(JSON.stringify(data)));
};

/** Nothing where the answer does not tell the id and a look at the list may. */
const readMade = (
  work: Work,
  wanted: Wanted,
  answer: ApiAnswer,
  now: Date,
): Created | undefined => {
  const { scope, subscription, conflicts } = work;
  const made = subscription.create.read(answer, { wanted, scope, now });
  if (made.id !== "") work.made.add(made.id);
  if (made.id !== "" && (subscription.secret !== "returned" || made.secret)) return made;
  if (made.id === "" && subscription.list && !conflicts.has(wanted.key)) {
    conflicts.add(wanted.key);
    return undefined;
  }
  const lacking = made.id === "" ? "id" : "signing secret";
  throw new HooklineError(
    "SUBSCRIPTION_FAILED",
    `The provider made subscription "${wanted.key}" and its answer holds no ${lacking}. Look for it at the provider.`,
  );
};

const create = async (work: Work, wanted: Wanted): Promise<Result> => {
  const { subscription, scope, host, ledger, conflicts } = work;
  const now = host.now();
  const answer = await sendOnce(work, subscription.create.request({ wanted, scope, now }));
  if (!answer) return "open";
  if (isConflict(subscription, answer)) {
    if (conflicts.has(wanted.key)) return fail(work, `create subscription "${wanted.key}"`, answer);
    conflicts.add(wanted.key);
    return "open";
  }
  if (isTransient(answer.status)) return "open";
  if (!isSuccess(answer)) return fail(work, `create subscription "${wanted.key}"`, answer);
  const made = readMade(work, wanted, answer, now);
  if (!made) return "open";
  ledger.write(wanted, made, now);
  tell(work, "Created subscription", wanted.key);
  return "settled";
};

type Existing = Extract<Change, { readonly kind: "update" | "renew" | "replace" }>;

const change = async (
  work: Work,
  { id, wanted, kind }: Existing,
  step: Call<Parameters<NonNullable<ApiSubscription["update"]>["request"]>[0], Created>,
): Promise<Result> => {
  const { scope, host, ledger, subscription } = work;
  const input = { id, wanted, scope, now: host.now() };
  const answer = await sendOnce(work, step.request(input));
  if (!answer || isTransient(answer.status)) return "open";
  if (isGone(answer)) {
    ledger.strike(id, input.now);
    return "open";
  }
  if (!isSuccess(answer)) return fail(work, `${kind} subscription "${wanted.key}"`, answer);
  const known = step.read(answer, input);
  if (known.id !== id) ledger.strike(id, input.now);
  ledger.write(wanted, known, input.now);
  tell(
    work,
    subscription.renew === step ? "Renewed subscription" : "Updated subscription",
    wanted.key,
  );
  return "settled";
};

/** Gone already counts as removed. */
export const remove = async (work: Work, id: string, key: string): Promise<Result> => {
  const { subscription, scope, ledger, host } = work;
  const answer = await sendOnce(work, subscription.remove.request({ id, scope }));
  if (!answer || isTransient(answer.status)) return "open";
  if (!isSuccess(answer) && !isGone(answer))
    return fail(work, `remove subscription "${key}"`, answer);
  ledger.strike(id, host.now());
  tell(work, "Removed subscription", key);
  return "settled";
};

/** For providers that allow only one: the old one has to go first. */
const replace = async (work: Work, { id, wanted }: Existing): Promise<Result> =>
  (await remove(work, id, wanted.key)) === "open" ? "open" : create(work, wanted);

/** Performs one step. @throws HooklineError where the provider refuses it. */
export const applyChange = (work: Work, step: Change): Promise<Result> => {
  const { update, renew } = work.subscription;
  if (step.kind === "create") return create(work, step.wanted);
  if (step.kind === "remove") return remove(work, step.id, step.key);
  const call = step.kind === "renew" ? renew : update;
  return call && step.kind !== "replace" ? change(work, step, call) : replace(work, step);
};
