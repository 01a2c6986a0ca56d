import fc from "fast-check";
import type { ParsedBody } from "../../src/events/body";
import { readBody } from "../../src/events/read-body";

const formats = ["json", "form", "multipart", "xml", "text", "binary", "empty"];
const names = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.constantFrom("__proto__", "constructor"),
);
const text = fc.string({ unit: "grapheme" });

/** What the readers promise for repeated names. */
const grouped = (pairs: readonly (readonly [string, unknown])[]): Record<string, unknown> => {
  const valuesOf = (name: string) =>
    pairs.filter(([key]) => key === name).map(([, value]) => value);
  const names = [...new Set(pairs.map(([name]) => name))];
  return Object.fromEntries(
    names.map((name) => {
      const values = valuesOf(name);
      return [name, values.length === 1 ? values[0] : values];
    }),
  );
};

const read = async (body: string | Buffer, contentType: string): Promise<ParsedBody> =>
  readBody(Buffer.from(body as string), contentType);

test("whatever JSON.stringify wrote is read back", async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue({ maxDepth: 20 }), async (value) => {
      const body = JSON.stringify(value);
      expect(await read(body, "application/json")).toEqual({
        format: "json",
        data: JSON.parse(body),
      });
    }),
    { numRuns: 300 },
  );
});

test("whatever URLSearchParams wrote is read back", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(names, text)), async (pairs) => {
      const body = new URLSearchParams(pairs).toString();
      const parsed = await read(body, "application/x-www-form-urlencoded");
      expect(parsed.data ?? {}).toEqual(grouped(pairs));
    }),
    { numRuns: 300 },
  );
});

test("whatever fetch wrote as multipart is read back", async () => {
  const lines = text.map((value) => value.replace(/\r\n?|\n/g, "\r\n"));
  const name = names.filter((value) => !/[\r\n"\\]/.test(value));
  const value = fc.oneof(lines, fc.uint8Array());
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(name, value), { minLength: 1 }), async (pairs) => {
      const form = new FormData();
      for (const [key, item] of pairs)
        if (typeof item === "string") form.append(key, item);
        else form.append(key, new Blob([item]), "file.bin");
      const response = new Response(form);
      const contentType = response.headers.get("content-type") ?? "";
      const parsed = await read(Buffer.from(await response.arrayBuffer()), contentType);
      const expected = pairs.map(([key, item]) => {
        if (typeof item === "string") return [key, item] as const;
        const data = Buffer.from(item);
        const file = { filename: "file.bin", contentType: "application/octet-stream", data };
        return [key, file] as const;
      });
      expect(parsed).toEqual({ format: "multipart", data: grouped(expected) });
    }),
    { numRuns: 300 },
  );
});

interface Element {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly content: string | readonly Element[];
}

const xmlName = fc.constantFrom("a", "b", "Order", "__proto__", "constructor", "é", "x-1.y");
const xmlText = text.filter(
  (value) => !/[^\t\n\x20-\ud7ff\ue000-\ufffd]/.test(value) && value.trim() === value,
);
const { element } = fc.letrec<{ element: Element }>((tie) => ({
  element: fc.record({
    name: xmlName,
    attributes: fc.dictionary(xmlName, xmlText, { maxKeys: 2 }),
    content: fc.oneof(
      { maxDepth: 4 },
      xmlText,
      fc.array(tie("element") as fc.Arbitrary<Element>, { minLength: 1, maxLength: 3 }),
    ),
  }),
}));

const toReferences = (value: string): string =>
  value.replace(/[&<>"'\n\t]/g, (character) => `&#${character.charCodeAt(0)};`);
const write = ({ name, attributes, content }: Element): string => {
  const written = Object.entries(attributes).map(
    ([key, value]) => ` n:${key}="${toReferences(value)}"`,
  );
  const inner = typeof content === "string" ? toReferences(content) : content.map(write).join("\n");
  return `<n:${name}${written.join("")}>${inner}</n:${name}>`;
};
const expectedValue = ({ attributes, content }: Element): unknown => {
  const pairs = Object.entries(attributes).map(([key, value]) => [`@${key}`, value] as const);
  if (typeof content !== "string")
    return grouped([
      ...pairs,
      ...content.map((child) => [child.name, expectedValue(child)] as const),
    ]);
  if (pairs.length === 0) return content;
  return grouped(content === "" ? pairs : [...pairs, ["#text", content]]);
};

test("whatever was written as XML is read back", async () => {
  await fc.assert(
    fc.asyncProperty(element, async (root) => {
      const parsed = await read(write(root), "application/xml");
      expect(parsed).toEqual({ format: "xml", data: grouped([[root.name, expectedValue(root)]]) });
    }),
    { numRuns: 300 },
  );
});

const contentTypes = fc.constantFrom(
  "application/json",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=b",
  "text/xml",
  "text/plain",
  "text/plain; charset=utf-16le",
  "image/png",
  "",
);
const fragments = fc.constantFrom(
  '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n',
  '--b\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n',
  "\r\n--b--",
  "<a x='1'>",
  "</a>",
  "<![CDATA[",
  "]]>",
  "&#65;",
  "<!DOCTYPE",
  '{"a":',
  "[",
  "]}",
  "%41&=",
  "\ufeff",
);
const bodies = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc
    .array(fc.oneof(fragments, text), { maxLength: 12 })
    .map((parts) => Buffer.from(parts.join(""))),
);

test("any bytes under any content type come back as a value, never as an error", async () => {
  await fc.assert(
    fc.asyncProperty(bodies, fc.oneof(contentTypes, fc.string()), async (body, contentType) => {
      const { format, data, problem } = await read(body, contentType);
      expect(formats).toContain(format);
      if (format === "text") expect(typeof data).toBe("string");
      if (format === "binary") expect(data).toEqual(body);
      if (problem !== undefined) expect(["text", "binary"]).toContain(format);
    }),
    { numRuns: 3_000 },
  );
});
