import type { ParsedBody } from "../../src/events/body";
import { readBody } from "../../src/events/read-body";

const type = "application/x-www-form-urlencoded";
const read = (body: string | Buffer, contentType = type) =>
  readBody(Buffer.from(body as string), contentType) as ParsedBody;

test("repeated names become arrays, in order", () => {
  expect(read("a=1&b=2&a=3&a=")).toEqual({ format: "form", data: { a: ["1", "3", ""], b: "2" } });
});

test("plus, escapes, empty pairs and names without a value read as browsers write them", () => {
  expect(read("a+b=%C3%9F%2B%26&&flag&=x&c=1=2").data).toEqual({
    "a b": "ß+&",
    flag: "",
    "": "x",
    c: "1=2",
  });
});

test("a percent sign that encodes nothing stays", () => {
  expect(read("a=100%&b=%4z&c=%").data).toEqual({ a: "100%", b: "%4z", c: "%" });
});

test("raw and escaped bytes follow the declared charset", () => {
  const latin1 = Buffer.from("a=\xdf%DF", "latin1");
  expect(read(latin1, `${type}; charset=iso-8859-1`).data).toEqual({ a: "ßß" });
  expect(read(latin1)).toMatchObject({ format: "binary", data: latin1 });
});

test("names of object members are data in a map without a prototype", () => {
  const { data } = read("__proto__=1&constructor=2&__proto__=3&toString=4") as {
    data: Record<string, unknown>;
  };
  expect(Object.getPrototypeOf(data)).toBeNull();
  expect(Object.entries(data)).toEqual([
    ["__proto__", ["1", "3"]],
    ["constructor", "2"],
    ["toString", "4"],
  ]);
});

test("10,000 fields are read, one more is not", () => {
  const fields = Array.from({ length: 10_000 }, (_, index) => `f${index}=x`).join("&");
  expect(read(fields)).toMatchObject({ format: "form" });
  expect(read(`${fields}&last=x`)).toMatchObject({
    format: "text",
    problem: "body has more than 10000 form fields",
  });
});
