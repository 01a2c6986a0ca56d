import { toPassKey } from "../../../src/component/managed/subscription-host";

describe("the key of passes", () => {
  it("is the same for the same credentials in any order, and another for others", () => {
    const key = toPassKey({ token: "1", baseUrl: "https://api.example.com" });
    expect(toPassKey({ baseUrl: "https://api.example.com", token: "1" })).toBe(key);
    expect(toPassKey({ baseUrl: "https://api.example.com", token: "2" })).not.toBe(key);
  });

  it.each([{}, { token: "", password: "" }])(
    "is none without credentials, %j: anybody could guess it, and no pass is made with none",
    (fields) => {
      expect(toPassKey(fields)).toBe("");
    },
  );
});
