import { createHash } from "node:crypto";
import { hubspot } from "../../src/providers/hubspot";
import { receive, SECRET, sampleOf, toOutbound, verdictOf } from "../support/provider-deliveries";

const draft = toOutbound(sampleOf(hubspot, "contact.creation"));
const signature = createHash("sha256").update(SECRET).update(draft.body).digest("hex");
const older = {
  ...draft,
  headers: {
    ...draft.headers,
    "x-hubspot-signature": signature,
    "x-hubspot-signature-version": "v1",
  },
};

describe("HubSpot", () => {
  it("does not fall back to a weaker signature that an attacker left alone in the request", async () => {
    expect(verdictOf(await receive(hubspot, older))).toBe("signature-missing");
  });

  it("accepts the older signature where the builder chose it", async () => {
    const outcome = await receive(hubspot, older, { options: { signatureVersion: "v1" } });
    expect(outcome.kind).toBe("accepted");
  });

  it("refuses a version that there is not, naming those there are", async () => {
    const attempt = receive(hubspot, older, { options: { signatureVersion: "v9" } });
    await expect(attempt).rejects.toThrow(/v3, v2, v1/);
  });
});
