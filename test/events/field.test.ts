import { describeField, type Field, readField, readWholeField } from "../../src/events/field";

const request = {
  method: "POST",
  url: "https://hooks.example.com/trigger/1?topic=orders",
  headers: new Map([
    ["x-id", "h1"],
    ["x-empty", ""],
  ]),
  query: new Map([["topic", "orders"]]),
  body: Buffer.alloc(0),
  bodyIsExact: true,
  receivedAt: new Date(0),
};

const item = {
  id: "e1",
  number: 42,
  zero: 0,
  yes: false,
  empty: "",
  nothing: null,
  object: { id: "o1", list: [{ id: "l0" }, { id: "l1" }] },
};
const data = { batch: "b1", events: [item] };

const read = (field: Field, about: unknown = item) =>
  readField(field, { request, data, item: about });

const readWhole = (field: Field) => readWholeField(field, { request, data, item });

describe("a field of an event", () => {
  it.each<[string, Field, string | undefined]>([
    ["a path", "id", "e1"],
    ["a deep path", "object.id", "o1"],
    ["an entry of an array", "object.list.1.id", "l1"],
    ["the first of all entries", "object.list.*.id", "l0"],
    ["a number", "number", "42"],
    ["a zero", "zero", "0"],
    ["a boolean", "yes", "false"],
    ["a header", { header: "x-id" }, "h1"],
    ["a query parameter", { query: "topic" }, "orders"],
    ["a path from the top of the body", { top: "batch" }, "b1"],
    ["a constant", { always: "order" }, "order"],
    ["the name of a member", { memberOf: "object", beside: ["id"] }, "list"],
    ["nothing, where the path leads nowhere", "object.name.first", undefined],
    ["nothing, where the value is null", "nothing", undefined],
    ["nothing, where the value is an object", "object", undefined],
    ["nothing, where the value is empty", "empty", undefined],
    ["nothing, where the header is empty", { header: "x-empty" }, undefined],
    ["nothing, where the header is absent", { header: "x-other" }, undefined],
    [
      "nothing, where no other member is there",
      { memberOf: "object.list.0", beside: ["id"] },
      undefined,
    ],
    ["nothing, where there are no members", { memberOf: "id", beside: [] }, undefined],
    ["nothing, where members are entries", { memberOf: "object.list", beside: [] }, undefined],
  ])("reads %s", (_name, field, value) => {
    expect(read(field)).toBe(value);
  });

  it("reads the event itself by the empty path", () => {
    expect(read("", "dbid:A")).toBe("dbid:A");
    expect(read("", "")).toBeUndefined();
  });

  it.each([null, "text", 7, true, []])("reads nothing from the event %p", (about) => {
    for (const field of ["id", "0", { memberOf: "", beside: [] }])
      expect(read(field, about)).toBeUndefined();
  });

  it("takes the first that is there, and passes over what is empty", () => {
    expect(read({ first: ["missing", "empty", { header: "x-empty" }, "object.id", "id"] })).toBe(
      "o1",
    );
    expect(read({ first: ["missing", "empty"] })).toBeUndefined();
    expect(read({ first: [] })).toBeUndefined();
  });

  it("joins what is there, as long as the first is", () => {
    expect(read({ joined: ["id", "missing", "number"] })).toBe("e1.42");
    expect(read({ joined: ["id", "number"], separator: ":" })).toBe("e1:42");
    expect(read({ joined: ["missing", "id"] })).toBeUndefined();
    expect(read({ joined: ["id", { first: ["missing", "number"] }] })).toBe("e1.42");
  });

  it("joins an id only when every part is there: half an id is not an id", () => {
    expect(readWhole({ joined: ["id", "number"], separator: ":" })).toBe("e1:42");
    expect(readWhole({ joined: ["id", "missing"] })).toBeUndefined();
    expect(readWhole({ joined: ["id", "empty"] })).toBeUndefined();
    expect(readWhole({ first: [{ joined: ["id", "missing"] }, "number"] })).toBe("42");
  });

  it("reads own properties only", () => {
    for (const path of ["__proto__", "constructor.name", "object.toString", "object.list.map"])
      expect(read(path)).toBeUndefined();
    expect(read("__proto__.id", JSON.parse('{"__proto__":{"id":"data"}}'))).toBe("data");
  });

  it.each<[string, Field | undefined]>([
    ["none", undefined],
    ["the event itself", ""],
    ["object.id", "object.id"],
    ["header x-id", { header: "x-id" }],
    ["query topic", { query: "topic" }],
    ["batch", { top: "batch" }],
    ["always order", { always: "order" }],
    ["the name beside id, at in object", { memberOf: "object", beside: ["id", "at"] }],
    ["the name beside id", { memberOf: "", beside: ["id"] }],
    ["{id}:{header x-id}", { joined: ["id", { header: "x-id" }], separator: ":" }],
    ["id, else {number}.{id}", { first: ["id", { joined: ["number", "id"] }] }],
    ["{id, else number}.{id}", { joined: [{ first: ["id", "number"] }, "id"] }],
  ])("is described as %p", (words, field) => {
    expect(describeField(field)).toBe(words);
  });
});
