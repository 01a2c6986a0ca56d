import { readBody } from "../../src/events/read-body";

/** Each body would keep a reader whose time grows with the square of the size busy for minutes. */
const bodyBytes = 2_000_000;
const fill = (start: string, repeated: string, end: string): Buffer =>
  Buffer.from(start + repeated.repeat(Math.ceil(bodyBytes / repeated.length)) + end);

const json = "application/json";
const xml = "text/xml";
const form = "application/x-www-form-urlencoded";
const multipart = "multipart/form-data; boundary=b";
const file = '--b\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n';

test.each([
  ["open brackets", json, fill("", "[", "")],
  ["open objects", json, fill("", '{"a":', "")],
  ["backslashes", json, fill('"', "\\", "")],
  ["escaped quotes", json, fill('"', '\\"', '"')],
  ["open tags", xml, fill("", "<a>", "")],
  ["closing tags", xml, fill("<a>", "</a>", "")],
  ["entities", xml, fill("<a>", "&amp;", "</a>")],
  ["digits of one reference", xml, fill("<a>&#", "0", "65;</a>")],
  ["an entity without an end", xml, fill("<a>&", "x", "")],
  ["dashes in a comment", xml, fill("<a><!--", "- ", "--></a>")],
  ["brackets in CDATA", xml, fill("<a><![CDATA[", "]] ", "]]></a>")],
  ["declarations in a DOCTYPE", xml, fill("<!DOCTYPE a [", '<!ENTITY b "c">', "]><a/>")],
  ["attributes of one name", xml, fill("<a ", 'b="" ', "/>")],
  ["white space before the declaration", xml, fill("<?xml ", " ", "?><a/>")],
  ["parts", multipart, fill("", `${file}x\r\n`, "--b--")],
  ["headers of one part", multipart, fill("--b\r\n", "a: b\r\n", "\r\nx\r\n--b--")],
  ["one header", multipart, fill("--b\r\nContent-Disposition: ", "x;", "\r\n\r\nx\r\n--b--")],
  ["delimiters that almost match", multipart, fill(file, "\r\n--", "\r\n--b--")],
  ["fields", form, fill("", "a&", "")],
  ["escapes", form, fill("a=", "%41", "")],
  ["percent signs", form, fill("a=", "%", "")],
])("two megabytes of %s are read in time proportional to their size", async (_, type, body) => {
  const startedAt = process.cpuUsage();
  const parsed = await readBody(body, type);
  expect(process.cpuUsage(startedAt).user).toBeLessThan(5_000_000);
  expect(parsed.data).not.toBeUndefined();
});

test.each([
  ["parameters", `text/plain${"; a=b".repeat(13_000)}`],
  ["semicolons", `text/plain${";".repeat(64_000)}`],
  ["spaces", `text/plain;${" ".repeat(64_000)}x`],
  ["quotes and backslashes", `multipart/form-data${'; a="\\'.repeat(13_000)}`],
  ["one type", "a".repeat(64_000)],
])(
  "a content type of 64 kB of %s is read in time proportional to its size",
  async (_, contentType) => {
    const startedAt = process.cpuUsage();
    await readBody(Buffer.from("x"), contentType);
    expect(process.cpuUsage(startedAt).user).toBeLessThan(500_000);
  },
);
