import { woocommerce } from "../../src/providers/woocommerce";
import { genuine, receive, toOutbound, verdictOf } from "../support/provider-deliveries";

const ping = (body: string) =>
  receive(woocommerce, toOutbound({ contentType: "application/x-www-form-urlencoded", body }));

describe("WooCommerce", () => {
  it("lets the unsigned ping through, which otherwise keeps the webhook off", async () => {
    expect(await ping("webhook_id=7")).toMatchObject({ kind: "challenge", reply: { status: 200 } });
  });

  it.each(["webhook_id=7&status=paid", "webhook_id=", "webhook_id=7\n", "a=1&webhook_id=7"])(
    "lets nothing else through unsigned, such as %p",
    async (body) => {
      expect(verdictOf(await ping(body))).toBe("signature-missing");
    },
  );

  it("delivers an order in which a customer wrote what looks like a ping", async () => {
    const body = { id: 727, customer_note: "&webhook_id=7&" };
    const outcome = await receive(
      woocommerce,
      await genuine(woocommerce, "order.created", { body }),
    );
    expect(outcome).toMatchObject({ kind: "accepted", delivery: { type: "order.created" } });
  });
});
