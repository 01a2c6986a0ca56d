import { createHmac } from "node:crypto";
import { zoom } from "../../src/providers/zoom";
import { genuine, receive, SECRET, toOutbound, verdictOf } from "../support/provider-deliveries";

const validation = (plainToken: unknown) => ({
  event: "endpoint.url_validation",
  payload: { plainToken },
  event_ts: 1654503849680,
});

const signed = (plainToken: unknown) =>
  genuine(zoom, "meeting.started", { body: validation(plainToken) });

describe("Zoom", () => {
  it("answers a signed URL validation with the token and its MAC", async () => {
    const outcome = await receive(zoom, await signed("qgg8vlvZRS6UYooatFL8Aw"));
    const encryptedToken = createHmac("sha256", SECRET)
      .update("qgg8vlvZRS6UYooatFL8Aw")
      .digest("hex");
    expect(verdictOf(outcome)).toBe("challenge");
    expect("reply" in outcome && JSON.parse(outcome.reply?.body ?? "")).toEqual({
      plainToken: "qgg8vlvZRS6UYooatFL8Aw",
      encryptedToken,
    });
  });

  it("does not answer a URL validation that is not signed", async () => {
    const outcome = await receive(zoom, toOutbound({ body: validation("qgg8vlvZRS6UYooatFL8Aw") }));
    expect(verdictOf(outcome)).toBe("signature-missing");
  });

  it.each(['v0:1700000000:{"event":"forged"}', "a:b", "", "a".repeat(201), '{"event":"x"}'])(
    "never makes a MAC of %p, which could be what a delivery signs",
    async (plainToken) => {
      const outcome = await receive(zoom, await signed(plainToken));
      expect(verdictOf(outcome)).toBe("signature-malformed");
      expect(JSON.stringify(outcome)).not.toContain(
        createHmac("sha256", SECRET).update(plainToken).digest("hex"),
      );
    },
  );

  it("takes a validation without a token as an event", async () => {
    expect(verdictOf(await receive(zoom, await signed({})))).toBe("accepted");
  });
});
