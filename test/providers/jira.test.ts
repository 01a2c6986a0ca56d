import { SignJWT } from "jose";
import { jira } from "../../src/providers/jira";
import { genuine, NOW, receive, SECRET, verdictOf } from "../support/provider-deliveries";

const TYPE = "jira:issue_updated";

describe("Jira Cloud", () => {
  it.each(["hmac", "jwt"])("verifies a delivery by %s", async (scheme) => {
    const outcome = await receive(jira, await genuine(jira, TYPE, { scheme }));
    expect(outcome).toMatchObject({
      kind: "accepted",
      delivery: { type: TYPE, id: "1f4c8f5e-7d6a-4f0b-9b1c-3e2d5a6b7c8d", orderingKey: "10002" },
    });
  });

  it("does not let a token stand in for a signature that is there and wrong", async () => {
    const request = await genuine(jira, TYPE, { scheme: "jwt" });
    const headers = { ...request.headers, "x-hub-signature": `sha256=${"0".repeat(64)}` };
    expect(verdictOf(await receive(jira, { ...request, headers }))).toBe("signature-mismatch");
  });

  it("refuses a token of another algorithm, even one of the same secret", async () => {
    const request = await genuine(jira, TYPE, { scheme: "jwt" });
    const token = await new SignJWT({})
      .setProtectedHeader({ alg: "HS512" })
      .setExpirationTime(NOW.getTime() / 1000 + 60)
      .sign(Buffer.from(SECRET.padEnd(64)));
    const headers = { ...request.headers, authorization: `Bearer ${token}` };
    const secrets = [SECRET.padEnd(64)];
    expect(verdictOf(await receive(jira, { ...request, headers }, { secrets }))).toBe(
      "signature-mismatch",
    );
  });

  it("refuses a delivery without either", async () => {
    const { headers: _, ...request } = await genuine(jira, TYPE);
    expect(verdictOf(await receive(jira, { ...request, headers: {} }))).toBe("signature-missing");
  });
});
