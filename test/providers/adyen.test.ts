import { adyen } from "../../src/providers/adyen";
import { eventsOf, genuine, receive, toOutbound, verdictOf } from "../support/provider-deliveries";

const KEY = "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056";
const secrets = [KEY];

const item = (pspReference: string, more: object = {}) => ({
  NotificationRequestItem: {
    pspReference,
    merchantAccountCode: "TestMerchant",
    merchantReference: "Order-1",
    eventCode: "CAPTURE",
    success: "true",
    ...more,
  },
});

const batch = (...items: object[]) =>
  genuine(adyen, "AUTHORISATION", { secret: KEY, body: { notificationItems: items } });

const withBody = (change: (body: { notificationItems: unknown[] }) => void, bytes: Buffer) => {
  const body = JSON.parse(bytes.toString());
  change(body);
  return toOutbound({ body });
};

describe("Adyen", () => {
  it("gives each item of a batch an event of its own, and answers [accepted]", async () => {
    const request = await batch(item("A1"), item("A2", { eventCode: "REFUND", success: "false" }));
    const outcome = await receive(adyen, request, { secrets });
    expect(verdictOf(outcome)).toBe("accepted");
    expect(eventsOf(outcome)).toEqual([
      { id: "CAPTURE:A1:true", type: "CAPTURE", orderingKey: "Order-1" },
      { id: "REFUND:A2:false", type: "REFUND", orderingKey: "Order-1" },
    ]);
    expect("reply" in outcome && outcome.reply).toEqual({
      status: 200,
      contentType: "text/plain",
      body: "[accepted]",
    });
  });

  it("takes a field that is absent as empty", async () => {
    const absent = await batch(item("A1"));
    const empty = await batch(item("A1", { originalReference: "" }));
    const signatureIn = (body: Buffer) =>
      JSON.parse(body.toString()).notificationItems[0].NotificationRequestItem.additionalData;
    expect(signatureIn(absent.body)).toEqual(signatureIn(empty.body));
  });

  it.each([
    ["a forged item behind a genuine one", "signature-missing", item("FORGED")],
    ["an item that borrows the signature of another", "signature-mismatch", "borrowed"],
  ])("refuses a batch with %s", async (_name, reason, extra) => {
    const { body } = await batch(item("A1"));
    const forged = withBody(({ notificationItems: items }) => {
      const [first] = items as [ReturnType<typeof item>];
      items.push(
        extra === "borrowed"
          ? { NotificationRequestItem: { ...first.NotificationRequestItem, pspReference: "X" } }
          : extra,
      );
    }, body);
    expect(verdictOf(await receive(adyen, forged, { secrets }))).toBe(reason);
  });

  it("refuses a batch without items", async () => {
    expect(verdictOf(await receive(adyen, await batch(), { secrets }))).toBe("signature-missing");
  });

  it("says that a key which is not hexadecimal is of the wrong form", async () => {
    const request = await batch(item("A1"));
    expect(verdictOf(await receive(adyen, request, { secrets: ["not hex"] }))).toBe(
      "secret-missing",
    );
  });
});
