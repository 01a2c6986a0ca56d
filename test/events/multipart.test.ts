import { readBody } from "../../src/events/read-body";

const type = "multipart/form-data; boundary=b";
const part = (headers: string, content: string) => `--b\r\n${headers}\r\n\r\n${content}\r\n`;
const field = (name: string, value: string) =>
  part(`Content-Disposition: form-data; name="${name}"`, value);
const read = async (body: string | Buffer, contentType = type) =>
  readBody(Buffer.from(body as string), contentType);
const readParts = (...parts: string[]) => read(`${parts.join("")}--b--\r\n`);

test("what a browser sends is read: fields as text, files with name, type and bytes", async () => {
  const form = new FormData();
  form.append("order", "ß 1");
  form.append("order", "2");
  form.append("empty", "");
  form.append(
    "photo",
    new Blob([Buffer.from([0xff, 0x00, 0x0d, 0x0a])], { type: "image/png" }),
    "a b.png",
  );
  const response = new Response(form);
  const body = Buffer.from(await response.arrayBuffer());
  const contentType = response.headers.get("content-type") ?? "";
  expect(await readBody(body, contentType)).toEqual({
    format: "multipart",
    data: {
      order: ["ß 1", "2"],
      empty: "",
      photo: {
        filename: "a b.png",
        contentType: "image/png",
        data: Buffer.from([0xff, 0x00, 0x0d, 0x0a]),
      },
    },
  });
});

test("a part with a content type but no file name is a field", async () => {
  const headers = 'Content-Disposition: form-data; name="event"\r\nContent-Type: application/json';
  expect((await readParts(part(headers, '{"a":1}'))).data).toEqual({ event: '{"a":1}' });
});

test("a part of octet-stream is a file even without a name of its own", async () => {
  const headers =
    'Content-Disposition: form-data; name="blob"\r\nContent-Type: application/octet-stream';
  expect((await readParts(part(headers, "x"))).data).toEqual({
    blob: { filename: null, contentType: "application/octet-stream", data: Buffer.from("x") },
  });
});

test("repeated names keep their order, whether field or file", async () => {
  const file = part('Content-Disposition: form-data; name="a"; filename="f"', "2");
  const { data } = await readParts(field("a", "1"), file, field("a", "3"));
  expect(data).toMatchObject({ a: ["1", { filename: "f" }, "3"] });
});

test("directories in a file name are dropped", async () => {
  const headers = 'Content-Disposition: form-data; name="f"; filename="../../etc/passwd"';
  expect((await readParts(part(headers, "x"))).data).toMatchObject({ f: { filename: "passwd" } });
});

test("the charset of a part is honoured", async () => {
  const headers =
    'Content-Disposition: form-data; name="a"\r\nContent-Type: text/plain; charset=latin1';
  const body = Buffer.from(`${part(headers, "\xdf")}--b--`, "latin1");
  expect((await read(body)).data).toEqual({ a: "ß" });
});

test("a field that is not UTF-8 and does not say what it is leaves the bytes", async () => {
  const body = Buffer.from(`${field("a", "\xdf")}--b--`, "latin1");
  const parsed = await read(body);
  expect(parsed).toMatchObject({ format: "binary", data: body });
  expect(parsed.problem).toBe("body has a part that holds bytes that are not of its charset");
});

test("a replacement character that was really sent is text", async () => {
  expect((await readParts(field("a", "\ufffd"))).data).toEqual({ a: "\ufffd" });
});

test("names of object members are data in a map without a prototype", async () => {
  const parsed = await readParts(field("__proto__", "1"), field("constructor", "2"));
  const data = parsed.data as Record<string, unknown>;
  expect(Object.getPrototypeOf(data)).toBeNull();
  expect(Object.entries(data)).toEqual([
    ["__proto__", "1"],
    ["constructor", "2"],
  ]);
});

test("a part header named __proto__ does no harm (CVE-2026-19481)", async () => {
  const disposition = 'Content-Disposition: form-data; name="a"';
  for (const name of ["__proto__", "constructor", "hasOwnProperty"]) {
    const headers = `${name}: x\r\n${disposition}\r\n${name}: y`;
    expect((await readParts(part(headers, "1"))).data).toEqual({ a: "1" });
  }
});

describe("nothing is left out in silence", () => {
  test.each([
    ["a part without a disposition", part("Content-Type: text/plain", "x")],
    ["a part that is no form data", part('Content-Disposition: attachment; name="a"', "x")],
    ["a part without a name", part("Content-Disposition: form-data", "x")],
    ["a part whose headers never end", '--b\r\nContent-Disposition: form-data; name="a"\r\n'],
    [
      "a name that only comes after twenty headers",
      part(`${"x: y\r\n".repeat(20)}Content-Disposition: form-data; name="a"`, "x"),
    ],
    [
      "a name that only comes after 8 kB of headers",
      part(`x: ${"y".repeat(9_000)}\r\nContent-Disposition: form-data; name="a"`, "x"),
    ],
  ])("%s", async (_, odd) => {
    const parsed = await readParts(field("first", "1"), odd, field("last", "2"));
    expect(parsed).toMatchObject({
      format: "text",
      problem: "body has a multipart part without a readable name",
    });
  });
});

test("a body that ends too early is a problem wherever it is cut", async () => {
  const file = part('Content-Disposition: form-data; name="f"; filename="f"', "x".repeat(50));
  const whole = `${field("a", "1")}${file}--b--`;
  for (let length = 1; length < whole.length; length += 1)
    expect(await read(whole.slice(0, length))).toMatchObject({
      format: "text",
      problem: "body is not well-formed multipart/form-data",
    });
  expect(await read(whole)).toMatchObject({ format: "multipart" });
});

test("a large file and a large field arrive whole", async () => {
  const large = "x".repeat(2_000_000);
  const file = part('Content-Disposition: form-data; name="f"; filename="f"', large);
  const { data } = await readParts(field("a", large), file);
  expect(data).toEqual({ a: large, f: expect.objectContaining({ data: Buffer.from(large) }) });
});

test("1,000 parts are read, 1,001 or 10,000 are not", async () => {
  const parts = (count: number) => readParts(field("a", "x").repeat(count));
  expect(await parts(1_000)).toMatchObject({ format: "multipart" });
  for (const count of [1_001, 10_000])
    expect(await parts(count)).toMatchObject({
      format: "text",
      problem: "body has more than 1000 multipart parts",
    });
});

test.each([
  ["multipart/form-data", "without a boundary"],
  ["multipart/form-data; boundary=", "without a boundary"],
  ['multipart/form-data; boundary="unterminated', "without a boundary"],
  [`multipart/form-data; boundary=${"b".repeat(71)}`, "a boundary that RFC 2046 does not allow"],
  [
    `multipart/form-data; boundary=${"b".repeat(10_000)}`,
    "a boundary that RFC 2046 does not allow",
  ],
  ['multipart/form-data; boundary="b\\"; x"', "a boundary that RFC 2046 does not allow"],
  ["multipart/form-data; boundary=ß", "a boundary that RFC 2046 does not allow"],
])("%s is a problem", async (contentType, problem) => {
  const parsed = await read(field("a", "1"), contentType);
  expect(parsed).toMatchObject({ format: "text", data: field("a", "1") });
  expect(parsed.problem).toContain(problem);
});

test("JSON cannot pose as an upload (CVE-2026-21858)", async () => {
  const posing = '{"files":{"f":{"filepath":"/etc/passwd"}}}';
  expect(await read(posing)).toMatchObject({ format: "text", data: posing });
});
