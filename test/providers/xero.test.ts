import { xero } from "../../src/providers/xero";
import { eventsOf, genuine, receive, verdictOf } from "../support/provider-deliveries";

const TYPE = "INVOICE.UPDATE";
const intent = { events: [], firstEventSequence: 0, lastEventSequence: 0, entropy: "S0m3r4nd0m" };

describe("Xero", () => {
  it("passes the intent to receive: 200 for a right signature, 401 for a wrong one, both empty", async () => {
    const right = await genuine(xero, TYPE, { body: intent });
    const wrong = await genuine(xero, TYPE, { body: intent, secret: "another" });
    expect(await receive(xero, right)).toMatchObject({
      kind: "challenge",
      reply: { status: 200, body: "" },
    });
    expect(await receive(xero, wrong)).toMatchObject({
      kind: "rejected",
      reply: { status: 401, body: "" },
    });
  });

  it("answers events with an empty body, and gives each an id of its own", async () => {
    const event = { resourceId: "r", eventCategory: "INVOICE", eventType: "UPDATE" };
    const events = [
      { ...event, eventDateUtc: "2026-03-01T10:00:00.000" },
      { ...event, eventDateUtc: "2026-03-01T10:00:00.001" },
    ];
    const outcome = await receive(xero, await genuine(xero, TYPE, { body: { ...intent, events } }));
    expect("reply" in outcome && outcome.reply).toMatchObject({ status: 200, body: "" });
    expect(eventsOf(outcome)).toEqual([
      { id: "r:UPDATE:2026-03-01T10:00:00.000", type: TYPE, orderingKey: "r" },
      { id: "r:UPDATE:2026-03-01T10:00:00.001", type: TYPE, orderingKey: "r" },
    ]);
  });

  it("delivers a verified body that is not what Xero sends", async () => {
    const outcome = await receive(xero, await genuine(xero, TYPE, { body: "not JSON" }));
    expect(verdictOf(outcome)).toBe("accepted");
    expect(outcome.delivery.type).toBe("unknown");
  });
});
