import type { LeaseRequest, QueueDriver } from "../../../src/queue/driver";
import type { LeasedMessage, NewMessage } from "../../../src/queue/message";

export const WINDOW_SECONDS = 3600;

export const draft = (orderingKey: string, dedupeKey: string): NewMessage => ({
  orderingKey,
  dedupeKey,
  body: dedupeKey,
  delaySeconds: 0,
});

export const wish: LeaseRequest = {
  maximumMessages: 1,
  maximumPerKey: 1,
  leaseSeconds: 300,
  maximumAttempts: 10,
  onExhausted: "deadLetter",
  exhaustedReason: "given up",
};

export const toClaim = (queue: string, { reference }: LeasedMessage) => ({ queue, reference });

/** Leases and acknowledges until nothing is left; the bodies in the order in which they came. */
export const drain = async (driver: QueueDriver, queue: string): Promise<string[]> => {
  const bodies: string[] = [];
  for (;;) {
    const [message] = await driver.lease(queue, wish);
    if (!message) return bodies;
    bodies.push(message.body);
    expect(await driver.acknowledge(toClaim(queue, message))).toBe("done");
  }
};
