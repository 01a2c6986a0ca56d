import { readBody } from "../../src/events/read-body";

const read = (body: string) => readBody(Buffer.from(body), "application/json");
const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);

test("any JSON value is read, numbers and null included", () => {
  expect(read("null")).toEqual({ format: "json", data: null });
  expect(read(" 12 ")).toEqual({ format: "json", data: 12 });
});

test("200 levels are read, 201 are not", () => {
  expect(read(nested(200))).toMatchObject({ format: "json" });
  expect(read(nested(201))).toMatchObject({
    format: "text",
    problem: "body is JSON nested deeper than 200 levels",
  });
});

test("brackets inside strings do not count, escaped quotes do not end a string", () => {
  const text = `${"[".repeat(300)}"\\${"{".repeat(300)}`;
  expect(read(JSON.stringify({ text }))).toEqual({ format: "json", data: { text } });
});

test("100,000 levels are refused before they are parsed", () => {
  expect(read(nested(100_000))).toMatchObject({ format: "text" });
  expect(read('{"a":'.repeat(100_000))).toMatchObject({ format: "text" });
});

test("__proto__, constructor and prototype are data", () => {
  const body = '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}';
  const { data } = read(body) as { data: Record<string, unknown> };
  expect(Object.keys(data)).toEqual(["__proto__", "constructor"]);
  expect(Object.getPrototypeOf(data)).toBe(Object.prototype);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  expect(JSON.stringify(data)).toBe(body);
});
