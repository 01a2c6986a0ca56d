import { salesforce } from "../../src/providers/salesforce";
import {
  eventsOf,
  genuine,
  receive,
  sampleOf,
  toOutbound,
  verdictOf,
} from "../support/provider-deliveries";

const TYPE = "sf:Opportunity";
const sample = String(sampleOf(salesforce, TYPE).body);
const onlyFirst = sample.replace(
  /(<\/Notification>)\s*<Notification>[\s\S]*<\/Notification>/,
  "$1",
);

describe("Salesforce outbound messages", () => {
  it("makes an event of each notification of a batch", async () => {
    const outcome = await receive(salesforce, await genuine(salesforce, TYPE));
    expect(eventsOf(outcome)).toEqual([
      { id: "04l3000000A0ZRkAAN", type: TYPE, orderingKey: "0063000000D5kRHAAZ" },
      { id: "04l3000000A0ZRlAAN", type: TYPE, orderingKey: "0063000000D5kRIAAZ" },
    ]);
  });

  it("makes one event of a single notification", async () => {
    const outcome = await receive(salesforce, await genuine(salesforce, TYPE, { body: onlyFirst }));
    expect(eventsOf(outcome).map(({ id }) => id)).toEqual(["04l3000000A0ZRkAAN"]);
  });

  it("acknowledges in SOAP, or Salesforce sends for a day", async () => {
    const outcome = await receive(salesforce, await genuine(salesforce, TYPE));
    const reply = "reply" in outcome ? outcome.reply : undefined;
    expect(reply).toMatchObject({ status: 200, contentType: "text/xml" });
    expect(reply?.body).toContain(
      '<notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack>',
    );
  });

  it.each([
    ["signature-missing", undefined],
    ["signature-missing", ""],
    ["signature-mismatch", "wrong"],
  ])("refuses with %s when the token is %p", async (reason, token) => {
    const query = token === undefined ? {} : { token };
    const request = toOutbound({ ...sampleOf(salesforce, TYPE), query });
    expect(verdictOf(await receive(salesforce, request))).toBe(reason);
  });

  it("delivers what is not SOAP as one event of unknown type", async () => {
    for (const body of ["<a><b/></a>", "not XML", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>']) {
      const outcome = await receive(salesforce, await genuine(salesforce, TYPE, { body }));
      expect(eventsOf(outcome)).toMatchObject([{ type: "unknown" }]);
    }
  });
});
