import type { LeaseRequest } from "../../../src/queue/driver";
import type { DeadLetter, LeasedMessage } from "../../../src/queue/message";
import type { Call } from "../../support/queue/history/events";
import { readLetters } from "./read-letters";
import type { Step } from "./step";
import { type Table, toMessageName } from "./table";
import { toLeaseView } from "./view";

type LeaseStep = Extract<Step, { do: "lease" }>;

const byKey = (messages: readonly LeasedMessage[]): Map<string, LeasedMessage[]> => {
  const groups = new Map<string, LeasedMessage[]>();
  for (const message of messages)
    groups.set(message.orderingKey, [...(groups.get(message.orderingKey) ?? []), message]);
  return groups;
};

/** Which keys the engine looked at, for the reference to do the same: the leased ones in its order, and those of which it only set the first aside. */
const toVisited = (
  groups: ReadonlyMap<string, readonly LeasedMessage[]>,
  setAside: readonly DeadLetter[],
  perKey: number,
): string[] => {
  const keys = [...groups].sort(
    ([, one], [, other]) => Number(other.length >= perKey) - Number(one.length >= perKey),
  );
  const leased = keys.map(([key]) => key);
  const others = setAside.map(({ orderingKey }) => orderingKey);
  return [...new Set([...leased, ...others])];
};

const noteSetAside = (table: Table, letters: readonly DeadLetter[], call: Call): void => {
  for (const { orderingKey: key, dedupeKey, id, isBlocking } of letters) {
    const message = toMessageName(table, dedupeKey, id);
    table.events.push({ kind: "moved", ...call, key, message, to: isBlocking ? "held" : "gone" });
  }
};

const noteGrants = (
  table: Table,
  groups: ReadonlyMap<string, readonly LeasedMessage[]>,
  call: Call,
  leaseSeconds: number,
): Map<string, string> => {
  const leases = new Map<string, string>();
  for (const [key, group] of groups) {
    const lease = table.toName("lease ");
    leases.set(key, lease);
    const messages = group.map(({ id, dedupeKey, attempt }) => ({
      message: toMessageName(table, dedupeKey, id),
      id,
      attempt,
    }));
    table.events.push({ kind: "granted", ...call, lease, key, leaseSeconds, messages });
  }
  return leases;
};

export const playLease = async (table: Table, step: LeaseStep): Promise<void> => {
  const { queue, player, reference, ids, timed } = table;
  const { consumer, do: _, ...wish } = step;
  const request: LeaseRequest = { ...wish, exhaustedReason: `${wish.maximumAttempts} times` };
  const known = new Set(table.letters.map(({ id }) => id));
  const [real, call] = await timed(() => player.driver.lease(queue, request));
  const letters = await readLetters(player.driver, queue);
  const setAside = letters.filter(({ id }) => !known.has(id));
  const groups = byKey(real);
  table.follow(toVisited(groups, setAside, wish.maximumPerKey));
  const expected = await reference.lease(queue, request);
  const toId = (id: string) => ids.get(id);
  const inOwnOrder = [...byKey(expected).keys()].flatMap((key) => groups.get(key) ?? []);
  expect(inOwnOrder.map((message) => toLeaseView(message, toId(message.id)))).toEqual(
    expected.map((message) => toLeaseView(message, message.id)),
  );
  expect([...groups.values()].flat()).toEqual(real);
  noteSetAside(table, setAside, call);
  const leases = noteGrants(table, groups, call, wish.leaseSeconds);
  for (const [index, message] of inOwnOrder.entries()) {
    const lease = leases.get(message.orderingKey)!;
    const name = toMessageName(table, message.dedupeKey, message.id);
    const sides = { real: message, reference: expected[index]! };
    table.held.push({ consumer, lease, message: name, ...sides });
  }
};
