import { isUsable, verifiedByAny } from "../../src/signatures/usable-secrets";

const unusable = ["", " ", "\t\n", "null", "NULL", " undefined ", "NaN", "[object Object]"];

describe("a secret", () => {
  it.each([...unusable, undefined, null, 0, 1, true, {}, [], ["secret"]])("is not %p", (secret) => {
    expect(isUsable(secret)).toBe(false);
  });

  it.each(["x", "nullable", "undefined!", "0", "false", "  padded  "])("may be %p", (secret) => {
    expect(isUsable(secret)).toBe(true);
  });
});

const as = (values: readonly unknown[]) => values as readonly string[];

describe("several secrets", () => {
  it("verify by the first that matches, told by its place among all that were given", () => {
    const tried: string[] = [];
    const verdict = verifiedByAny(as(["", "wrong", null, "right", "later"]), (secret) => {
      tried.push(secret);
      return secret === "right";
    });
    expect(verdict).toEqual({ kind: "verified", secretIndex: 3, sentAt: null });
    expect(tried).toEqual(["wrong", "right"]);
  });

  it("mismatch when one was of the right form and none matches", () => {
    const verdict = verifiedByAny(["a", "b"], (secret) => (secret === "a" ? undefined : false));
    expect(verdict).toMatchObject({ kind: "rejected", reason: "signature-mismatch" });
  });

  it("are missing when none is in the encoding that is expected", () => {
    expect(verifiedByAny(["a", "b"], () => undefined)).toMatchObject({
      reason: "secret-missing",
      detail: expect.stringContaining("not in the encoding"),
    });
  });

  it("are missing when none is usable, and nothing is ever compared with those", () => {
    const verdict = verifiedByAny(as([...unusable, undefined, 42]), () => true);
    expect(verdict).toMatchObject({ kind: "rejected", reason: "secret-missing" });
  });
});
