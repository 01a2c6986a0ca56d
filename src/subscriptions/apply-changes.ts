import type { Call } from "./call";
import { isTransient } from "./caller";
import type { Change } from "./compare";
import { createOne } from "./create-one";
import { withExpiry } from "./expiry";
import { isGone, isSuccess } from "./refusal";
import type { Created, UpdateInput } from "./subscription-state";
import { fail, type Result, sendOnce, tell, type Work } from "./work";

type Existing = Extract<Change, { readonly kind: "update" | "renew" | "replace" }>;

const change = async (
  work: Work,
  { id, wanted, kind }: Existing,
  step: Call<UpdateInput, Created>,
): Promise<Result> => {
  const { place, host, ledger, subscription } = work;
  const input = { id, wanted, scope: place.scope, now: host.now() };
  const answer = await sendOnce(work, step.request(input));
  if (!answer || isTransient(answer.status)) return "again";
  if (isGone(answer)) {
    ledger.strike(id, input.now);
    return "again";
  }
  if (!isSuccess(answer)) return fail(work, `${kind} subscription "${wanted.key}"`, answer);
  const isProlonged = kind === "renew" || !subscription.renew;
  const known = step.read(answer, input);
  if (known.id !== id) ledger.strike(id, input.now);
  ledger.write(
    wanted,
    isProlonged ? withExpiry(known, subscription, wanted, input.now) : known,
    input.now,
  );
  tell(work, kind === "renew" ? "Renewed subscription" : "Updated subscription", wanted.key);
  return "settled";
};

/** Gone already counts as removed. @throws HooklineError where the provider refuses it. */
export const remove = async (work: Work, id: string, key: string): Promise<Result> => {
  const { subscription, place, ledger, host } = work;
  const answer = await sendOnce(work, subscription.remove.request({ id, scope: place.scope }));
  if (!answer || isTransient(answer.status)) return "again";
  if (!isSuccess(answer) && !isGone(answer))
    return fail(work, `remove subscription "${key}"`, answer);
  ledger.strike(id, host.now());
  tell(work, "Removed subscription", key);
  return "settled";
};

/** For providers that allow only one: the old one has to go first. */
const replace = async (work: Work, { id, wanted }: Existing): Promise<Result> => {
  const removed = await remove(work, id, wanted.key);
  return removed === "settled" ? createOne(work, wanted) : removed;
};

/** Performs one step. @throws HooklineError where the provider refuses it. */
export const applyChange = (work: Work, step: Change): Promise<Result> => {
  const { update, renew } = work.subscription;
  if (step.kind === "create") return createOne(work, step.wanted);
  if (step.kind === "remove") return remove(work, step.id, step.key);
  const call = step.kind === "renew" ? renew : update;
  return call && step.kind !== "replace" ? change(work, step, call) : replace(work, step);
};
