import { readContentType } from "../../src/events/content-type";

const parameters = (header: string) =>
  Object.fromEntries(readContentType(header)?.parameters ?? []);

test("names are lower case, values as sent", () => {
  expect(readContentType(" Text/HTML ; Charset=UTF-8")?.mediaType).toBe("text/html");
  expect(parameters("text/html;Charset=UTF-8 ; x=y")).toEqual({ charset: "UTF-8", x: "y" });
});

test("quoted values lose their quotes and escapes", () => {
  expect(parameters('a/b; boundary="a;b=\\"c\\""; z=1')).toEqual({ boundary: 'a;b="c"', z: "1" });
});

test("the first of a repeated parameter counts", () => {
  expect(parameters("a/b; boundary=one; BOUNDARY=two")).toEqual({ boundary: "one" });
});

test("parameters named like object members are just names", () => {
  const parsed = readContentType("a/b; __proto__=x; constructor=y");
  expect([...(parsed?.parameters ?? [])]).toEqual([
    ["__proto__", "x"],
    ["constructor", "y"],
  ]);
});

test("empty parameters are skipped, and parsing stops at what is none", () => {
  expect(parameters("a/b;; ;charset=utf-8;")).toEqual({ charset: "utf-8" });
  expect(parameters('a/b; x="unterminated')).toEqual({ x: "" });
  expect(parameters("a/b; =x; y=z")).toEqual({});
});

test.each([undefined, "", "json", "a/b/c", "a b/c", "a/b, c/d", "/", "ä/b", "a/b\u0000"])(
  "%p is no content type",
  (header) => {
    expect(readContentType(header)).toBeUndefined();
  },
);
