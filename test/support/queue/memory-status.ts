import type { KeyStatus, QueueStatus } from "../../../src/queue/queue-status";
import type { KeyState, MemoryQueue } from "./memory-driver";

const stateOf = ({ blockedBy, lease, readyAt }: KeyState, now: number): KeyStatus["state"] => {
  if (blockedBy !== undefined) return "blocked";
  if (lease && lease.expiresAt > now) return "leased";
  return readyAt > now && !lease ? "delayed" : "ready";
};

const toKeyStatus = (key: KeyState, now: number): KeyStatus => ({
  orderingKey: key.orderingKey,
  messages: key.entries.length,
  waitingSeconds: (now - (key.entries[0]?.enqueuedAt ?? now)) / 1000,
  state: stateOf(key, now),
});

export const toMemoryStatus = ({ keys, dead }: MemoryQueue, now: number): QueueStatus => {
  const states = [...keys.values()].map((key) => ({ key, state: stateOf(key, now) }));
  const count = (wanted: KeyStatus["state"]): number =>
    states
      .filter(({ state }) => state === wanted)
      .reduce((sum, { key }) => sum + key.entries.length, 0);
  const leased = states
    .filter(({ state }) => state === "leased")
    .reduce((sum, { key }) => sum + (key.lease?.positions.length ?? 0), 0);
  const readyAges = states
    .filter(({ state }) => state === "ready")
    .map(({ key }) => (now - (key.entries[0]?.enqueuedAt ?? now)) / 1000);
  return {
    ready: count("ready") + count("leased") - leased,
    delayed: count("delayed"),
    leased,
    blocked: count("blocked"),
    dead: dead.length,
    blockedKeys: states.filter(({ state }) => state === "blocked").length,
    oldestReadySeconds: readyAges.length === 0 ? null : Math.max(...readyAges),
    oldestKeys: states
      .filter(({ key }) => key.entries.length > 0)
      .sort(
        (one, other) => (one.key.entries[0]?.position ?? 0) - (other.key.entries[0]?.position ?? 0),
      )
      .slice(0, 10)
      .map(({ key }) => toKeyStatus(key, now)),
  };
};
