import { readPath, readPathAll, toText, withPath } from "../../src/http/json-path";

const value = { a: { b: [{ c: 1 }, { c: 2 }, { d: 3 }] }, "": "empty name", n: null };

describe("a path into JSON", () => {
  it.each<[string, readonly unknown[]]>([
    ["", [value]],
    ["a.b.0.c", [1]],
    ["a.b.*.c", [1, 2]],
    ["a.b.*", value.a.b],
    ["a.b.3.c", []],
    ["a.*", []],
    ["n", [null]],
    ["n.x", []],
    ["a.b.c", []],
    ["a..b", []],
  ])("%p finds %j", (path, found) => {
    expect(readPathAll(value, path)).toEqual(found);
    expect(readPath(value, path)).toEqual(found[0]);
  });

  it.each(["toString", "__proto__", "constructor.prototype", "a.b.map", "a.hasOwnProperty"])(
    "%p, which is inherited, finds nothing",
    (path) => {
      expect(readPathAll(value, path)).toEqual([]);
    },
  );

  it("finds what is called like something inherited, where it is data", () => {
    const hostile = JSON.parse('{"__proto__":{"x":1},"constructor":{"prototype":{"y":2}}}');
    expect(readPath(hostile, "__proto__.x")).toBe(1);
    expect(readPath(hostile, "constructor.prototype.y")).toBe(2);
  });

  it.each([undefined, null, "text", 1, true])("finds nothing in %p", (primitive) => {
    expect(readPathAll(primitive, "a")).toEqual([]);
    expect(readPathAll(primitive, "0")).toEqual([]);
  });
});

describe("a value as text", () => {
  it.each([
    ["text", "text"],
    ["", ""],
    [0, "0"],
    [-1.5, "-1.5"],
    [false, "false"],
    [null, undefined],
    [undefined, undefined],
    [{}, undefined],
    [[], undefined],
  ])("%j is %p", (given, text) => {
    expect(toText(given)).toBe(text);
  });
});

describe("a copy with another value", () => {
  it("leaves the original and everything else as it was", () => {
    const copy = withPath(value, "a.b.1.c", "new");
    expect(copy).toEqual({ ...value, a: { b: [{ c: 1 }, { c: "new" }, { d: 3 }] } });
    expect(value.a.b[1]).toEqual({ c: 2 });
  });

  it("makes the objects that are missing on the way", () => {
    expect(withPath({}, "a.b", 1)).toEqual({ a: { b: 1 } });
    expect(withPath(null, "a", 1)).toEqual({ a: 1 });
    expect(withPath({ a: "text" }, "a.b", 1)).toEqual({ a: { b: 1 } });
  });

  it("changes every entry of an array at *", () => {
    expect(withPath({ list: [{}, { x: 0 }] }, "list.*.x", 1)).toEqual({
      list: [{ x: 1 }, { x: 1 }],
    });
  });

  it("changes no prototype", () => {
    withPath({}, "__proto__.polluted", true);
    withPath({}, "constructor.prototype.polluted", true);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
