import { readBody } from "../../src/events/read-body";

const read = (body: string | Buffer, contentType?: string) =>
  readBody(Buffer.from(body as string), contentType);

describe("the reader follows from the content type", () => {
  test.each([
    ["application/json", "json"],
    ["Application/JSON; charset=UTF-8", "json"],
    ["text/json", "json"],
    ["application/cloudevents+json", "json"],
    ["application/vnd.api+json;version=1", "json"],
    ["text/plain", "json"],
    ["application/json, application/json", "json"],
    ["complete nonsense", "json"],
    ["", "json"],
    [undefined, "json"],
    ["text/csv", "text"],
    ["application/octet-stream", "binary"],
    ["image/png", "binary"],
    ["multipart/mixed; boundary=x", "binary"],
    ["application/jsonp", "binary"],
  ])("%p reads a JSON body as %s", async (contentType, format) => {
    expect((await read('{"a":1}', contentType)).format).toBe(format);
  });

  test("a charset is honoured", async () => {
    const text = '"ß – ☃"';
    expect(await read(Buffer.from(text, "utf16le"), "text/json; charset=utf-16le")).toEqual({
      format: "json",
      data: "ß – ☃",
    });
    expect(await read(Buffer.from("ß", "latin1"), 'text/csv; charset="ISO-8859-1"')).toEqual({
      format: "text",
      data: "ß",
    });
  });

  test("a byte order mark is taken off and tells the charset", async () => {
    expect((await read("\ufeff[1]", "application/json")).data).toEqual([1]);
    expect((await read(Buffer.from("\ufeff[1]", "utf16le"), "application/json")).data).toEqual([1]);
    expect((await read("\ufeff[1]")).data).toEqual([1]);
    expect((await read("\ufeffplain", "text/plain")).data).toBe("plain");
  });

  test("an empty body is null, whatever it claims to be", async () => {
    for (const contentType of ["application/json", "text/xml", "multipart/form-data", undefined])
      expect(await read("", contentType)).toEqual({ format: "empty", data: null });
  });

  test("text that only starts like JSON stays what it was", async () => {
    expect(await read("[info] started", "text/plain")).toEqual({
      format: "text",
      data: "[info] started",
    });
    expect((await read("[info] started")).format).toBe("binary");
  });
});

describe("a body that is not what it claims to be is still there", () => {
  const truncated = '{"customer":"Ada Lovelace"';

  test.each([
    ["application/json", truncated, "text", "body is not JSON: it ends too early"],
    ["application/json", '{"a":Ada}', "text", "body is not JSON"],
    ["application/json", " ", "text", "body is not JSON: it ends too early"],
    ["text/xml", "<a>Ada</b>", "text", "body is not XML from line 1, column 10 on"],
    ["text/plain; charset=klingon", "Ada", "binary", "body declares a charset other than"],
    [
      "application/x-www-form-urlencoded",
      "name=%E9",
      "text",
      "body holds bytes that are not valid",
    ],
  ])("%s: %s", async (contentType, body, format, problem) => {
    const parsed = await read(body, contentType);
    expect(parsed.format).toBe(format);
    expect(parsed.problem).toContain(problem);
    expect(`${parsed.data}`).toBe(body);
    expect(parsed.problem).not.toMatch(/Ada|klingon/);
  });

  test("invalid UTF-8 is never replaced, so the bytes come back", async () => {
    const body = Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]);
    for (const contentType of ["application/json", "text/plain", "text/xml"]) {
      const parsed = await readBody(body, contentType);
      expect(parsed).toMatchObject({ format: "binary", data: body });
      expect(parsed.problem).toBe("body holds bytes that are not valid utf-8");
    }
  });
});

test("only multipart needs a promise", async () => {
  const multipart = readBody(Buffer.from("--b--"), "multipart/form-data; boundary=b");
  expect(multipart).toBeInstanceOf(Promise);
  for (const contentType of ["application/json", "text/xml", "text/plain", undefined])
    expect(readBody(Buffer.from("x"), contentType)).not.toBeInstanceOf(Promise);
  expect(await multipart).toMatchObject({ format: "multipart" });
});
