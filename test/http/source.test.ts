import { writeSource } from "../../src/http/outbound-request";
import { describeSource, readSource, type Source } from "../../src/http/source";

const requestWith = (body: string) => ({
  method: "POST",
  url: "https://hooks.example.com/trigger/1?token=t1",
  headers: new Map([
    ["x-token", "t2"],
    ["x-empty", ""],
  ]),
  query: new Map([["token", "t1"]]),
  body: Buffer.from(body),
  bodyIsExact: true,
  receivedAt: new Date(0),
});

const json = JSON.stringify({
  token: "t4",
  number: 1,
  yes: true,
  nothing: null,
  value: [{ state: "a" }, {}, { state: { no: "text" } }, { state: "b" }],
});

const read = (source: Source, body = json) => readSource(source, requestWith(body));

describe("a source of a value", () => {
  it.each<[Source, readonly string[]]>([
    [{ header: "x-token" }, ["t2"]],
    [{ header: "x-empty" }, [""]],
    [{ header: "x-other" }, []],
    [{ query: "token" }, ["t1"]],
    [{ query: "other" }, []],
    [{ json: "token" }, ["t4"]],
    [{ json: "number" }, ["1"]],
    [{ json: "yes" }, ["true"]],
    [{ json: "nothing" }, []],
    [{ json: "value.0.state" }, ["a"]],
    [{ json: "value.*.state" }, ["a", "b"]],
    [{ json: "__proto__" }, []],
  ])("%j holds %j", (source, values) => {
    expect(read(source)).toEqual(values);
  });

  it("decodes form fields, and takes the first of a repeated one", () => {
    const body = "a=1+2%20%C3%BC&a=3&empty=&b";
    expect(read({ form: "a" }, body)).toEqual(["1 2 ü"]);
    expect(read({ form: "empty" }, body)).toEqual([""]);
    expect(read({ form: "b" }, body)).toEqual([""]);
    expect(read({ form: "c" }, body)).toEqual([]);
  });

  it.each(["", "not JSON", '"text"', "null", "[1"])("is empty in the body %p", (body) => {
    expect(read({ json: "token" }, body)).toEqual([]);
  });

  it.each<[Source, string]>([
    [{ header: "x-token" }, "header x-token"],
    [{ query: "token" }, "query parameter token"],
    [{ form: "token" }, "form field token"],
    [{ json: "value.*.state" }, "JSON field value.*.state"],
  ])("%j is called %s", (source, words) => {
    expect(describeSource(source)).toBe(words);
  });

  it.each<[Source, string]>([
    [{ header: "x-token" }, json],
    [{ query: "token" }, json],
    [{ form: "token" }, "a=1"],
    [{ json: "token" }, json],
    [{ json: "made.on.the.way" }, json],
  ])("%j holds what was written to it", (source, body) => {
    const before = requestWith(body);
    const written = writeSource(source, "new & ü", {
      method: "POST",
      url: before.url,
      headers: {},
      body: before.body,
    });
    const after = {
      ...before,
      headers: new Map(Object.entries(written.headers)),
      query: new Map(new URL(written.url).searchParams),
      body: written.body,
    };
    expect(readSource(source, after)).toEqual(["new & ü"]);
  });
});
