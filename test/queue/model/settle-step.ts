import type { Claim, QueueDriver } from "../../../src/queue/driver";
import type { Settled } from "../../support/queue/history/events";
import type { Step } from "./step";
import type { Held, Table } from "./table";
import { toHundreds } from "./view";

type SettleStep = Extract<Step, { do: "acknowledge" | "release" | "setAside" | "extend" }>;

/** Acknowledges together what can be only once, so that the first answer counts and the second changes nothing. */
const acknowledgeAsMany = async (driver: QueueDriver, claim: Claim): Promise<string> => {
  const [answer, again] = await driver.acknowledgeAll([claim, { ...claim }]);
  expect(again).toBe(answer === "done" ? "stale" : answer);
  return answer!;
};

const settle = (driver: QueueDriver, claim: Claim, step: SettleStep): Promise<Date | string> => {
  switch (step.do) {
    case "acknowledge":
      return step.which % 2 === 0 ? driver.acknowledge(claim) : acknowledgeAsMany(driver, claim);
    case "release":
      return driver.release(claim, step.delaySeconds);
    case "setAside":
      return driver.deadLetter(claim, { reason: "poison", blocksKey: step.blocksKey });
    case "extend":
      return driver.extend(claim, step.seconds);
  }
};

const toView = (answer: Date | string, { enqueuedAt }: Held["real"]) =>
  answer instanceof Date ? toHundreds(answer.getTime() - enqueuedAt.getTime()) : answer;

const toEvent = (step: SettleStep): Pick<Settled, "how" | "seconds"> => {
  if (step.do === "extend") return { how: "extend", seconds: step.seconds };
  if (step.do === "setAside") return { how: step.blocksKey ? "block" : "setAside" };
  return { how: step.do };
};

export const playSettle = async (table: Table, step: SettleStep): Promise<void> => {
  const { queue, player, reference, events, timed } = table;
  const choice = [...table.held, ...table.spent.slice(-3)];
  const chosen = choice[step.which % choice.length];
  if (!chosen) return;
  const { real, lease, message } = chosen;
  const claim = { queue, reference: real.reference };
  const [answer, call] = await timed(() => settle(player.driver, claim, step));
  const own = { queue, reference: chosen.reference.reference };
  const expected = await settle(reference, own, step);
  expect(toView(answer, real)).toEqual(toView(expected, chosen.reference));
  const result = answer instanceof Date ? "done" : (answer as Settled["answer"]);
  events.push({ kind: "settled", ...call, lease, message, ...toEvent(step), answer: result });
  const isSpent = result === "stale" || (result === "done" && step.do !== "extend");
  if (!isSpent || !table.held.includes(chosen)) return;
  table.held = table.held.filter((one) => one !== chosen);
  table.spent.push(chosen);
};
