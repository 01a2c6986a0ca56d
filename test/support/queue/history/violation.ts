/**
 * A promise that a queue did not keep.
 *
 * - `overtaken`: a message was leased or processed before an earlier one of its key had left
 * - `returned`: a message was leased that had left for good, or that was set aside
 * - `shared`: two leases of one key at the same time
 * - `usurped`: a settling call was carried out for a lease that was over
 * - `revoked`: a settling call was answered `stale` although the lease was good
 * - `lost`: a message that was taken was never handed out and ended
 * - `dropped`: a message was called a duplicate of nothing
 * - `doubled`: a message was taken twice inside its dedupe window, or ended twice
 * - `invented`: a message was leased that nobody handed over, or under a wrong key
 * - `miscounted`: the attempts of a message did not go up
 */
export interface Violation {
  readonly promise:
    | "overtaken"
    | "returned"
    | "shared"
    | "usurped"
    | "revoked"
    | "lost"
    | "dropped"
    | "doubled"
    | "invented"
    | "miscounted";
  readonly key: string;
  readonly message: string;
  readonly detail: string;
}

export type Report = (promise: Violation["promise"], message: string, detail: string) => void;
