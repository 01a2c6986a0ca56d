import { braintree } from "../../src/providers/braintree";
import { eventsOf, genuine, receive, toOutbound, verdictOf } from "../support/provider-deliveries";

const PRIVATE_KEY = "integration_private_key";
const secrets = [PRIVATE_KEY];
const TYPE = "subscription_charged_successfully";
const FORM = "application/x-www-form-urlencoded";

const challenge = (nonce: string, options = braintree.sampleOptions ?? {}) =>
  receive(braintree, toOutbound({ query: { bt_challenge: nonce } }), { secrets, options });

const form = (fields: Record<string, string>) =>
  toOutbound({ contentType: FORM, body: new URLSearchParams(fields).toString() });

describe("Braintree", () => {
  it("answers the challenge that its own SDK answers", async () => {
    const outcome = await challenge("20f9f8ed05f77439fe955c977e4c8a53");
    expect(outcome).toMatchObject({
      kind: "challenge",
      reply: {
        status: 200,
        contentType: "text/plain",
        body: "integration_public_key|d9b899556c966b3f06945ec21311865d35df3ce4",
      },
    });
  });

  it.each([
    "PD94bWwgdmVyc2lvbj0iMS4wIj8+Cg==",
    "20f9f8ed05f77439fe955c977e4c8a53\n",
    "20F9F8ED05F77439FE955C977E4C8A53",
    "abc",
    "a".repeat(41),
    "<script>",
  ])("never signs %p, which could be a payload", async (nonce) => {
    expect(verdictOf(await challenge(nonce))).toBe("signature-malformed");
  });

  it("does not take its own answer to a challenge for a delivery", async () => {
    const nonce = "20f9f8ed05f77439fe955c977e4c8a53";
    const answer = "integration_public_key|d9b899556c966b3f06945ec21311865d35df3ce4";
    const outcome = await receive(braintree, form({ bt_signature: answer, bt_payload: nonce }), {
      secrets,
    });
    expect(verdictOf(outcome)).toBe("signature-missing");
  });

  it("says that the challenge needs the public key", async () => {
    const outcome = await challenge("20f9f8ed05f77439fe955c977e4c8a53", {});
    expect(outcome).toMatchObject({ kind: "rejected", reason: "secret-missing" });
    expect("detail" in outcome && outcome.detail).toContain("publicKey");
  });

  it("finds the matching one of several pairs, and reads the XML inside the payload", async () => {
    const { body } = await genuine(braintree, TYPE, { secret: PRIVATE_KEY });
    const fields = Object.fromEntries(new URLSearchParams(body.toString()));
    const bt_signature = `other_key|${"0".repeat(40)}&${fields.bt_signature}`;
    const outcome = await receive(braintree, form({ ...fields, bt_signature }), { secrets });
    expect(verdictOf(outcome)).toBe("accepted");
    expect(eventsOf(outcome)).toEqual([
      { id: expect.stringMatching(/^[0-9a-f]{64}$/), type: TYPE, orderingKey: "ck8mqw" },
    ]);
    expect(outcome.delivery.events[0]?.data).toMatchObject({
      notification: { kind: TYPE, subject: { subscription: { status: "Active" } } },
    });
  });

  it.each([
    ["a payload that lost its trailing line end", "signature-mismatch", { bt_payload: "trim" }],
    ["a signature without its key", "signature-malformed", { bt_signature: "0".repeat(40) }],
  ])("refuses %s", async (_name, reason, change) => {
    const { body } = await genuine(braintree, TYPE, { secret: PRIVATE_KEY });
    const fields = Object.fromEntries(new URLSearchParams(body.toString()));
    const changed = "bt_payload" in change ? { bt_payload: fields.bt_payload?.trim() } : change;
    const request = form({ ...fields, ...changed } as Record<string, string>);
    expect(verdictOf(await receive(braintree, request, { secrets }))).toBe(reason);
  });

  it("delivers a verified payload that is not XML as an event of unknown type", async () => {
    const request = await genuine(braintree, TYPE, {
      secret: PRIVATE_KEY,
      body: new URLSearchParams({ bt_payload: "bm90IFhNTA==\n" }).toString(),
    });
    const outcome = await receive(braintree, request, { secrets });
    expect(verdictOf(outcome)).toBe("accepted");
    expect(outcome.delivery.type).toBe("unknown");
  });
});
