import { providers } from "../../../src/providers/catalogue";
import { runCommand } from "../support/command";

it("lists every provider with what it signs", async () => {
  const { code, output } = await runCommand(["providers"]);
  expect(code).toBe(0);
  const lines = output.trimEnd().split("\n");
  expect(lines).toHaveLength(providers.length);
  expect(lines).toContainEqual(
    expect.stringMatching(/^stripe +Stripe: HMAC-SHA256, hex, in header stripe-signature/),
  );
});

it.each(providers.map(({ id }) => id))("tells everything about %s", async (id) => {
  const { code, output } = await runCommand(["providers", id]);
  expect(code).toBe(0);
  for (const fact of [
    "docs: https://",
    "evidence: ",
    "secret: ",
    "signature: ",
    "challenge: ",
    "acknowledgement: ",
    "event id: ",
  ])
    expect(output).toContain(fact);
  expect(output).not.toContain("undefined");
});

it("says what to do about an unknown provider", async () => {
  const { code, output, errors } = await runCommand(["providers", "strip"]);
  expect(code).toBe(1);
  expect(output).toBe("");
  expect(errors).toMatch(
    /^PROVIDER_UNKNOWN: No provider is called "strip"\. Did you mean .*stripe/,
  );
});
