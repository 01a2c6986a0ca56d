import { toPlainHttpsUrl } from "../../src/http/plain-https";

describe("toPlainHttpsUrl", () => {
  it.each(["https://keys.example.com/a?b=c", "https://keys.example.com:443/"])(
    "takes %s",
    (text) => {
      expect(toPlainHttpsUrl(text)?.href).toBe(new URL(text).href);
    },
  );

  it.each([
    "http://keys.example.com/",
    "https://keys.example.com:8443/",
    "https://user@keys.example.com/",
    "https://:password@keys.example.com/",
    "file:///etc/passwd",
    "keys.example.com",
    "",
  ])("refuses %j", (text) => {
    expect(toPlainHttpsUrl(text)).toBeUndefined();
  });
});
