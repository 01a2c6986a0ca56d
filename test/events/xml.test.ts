import type { ParsedBody } from "../../src/events/body";
import { readBody } from "../../src/events/read-body";

const read = (body: string | Buffer, contentType = "text/xml; charset=utf-8") =>
  readBody(Buffer.from(body as string), contentType) as ParsedBody;

const outboundMessage = `<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="urn:xsi">
 <soapenv:Body>
  <notifications xmlns="http://soap.sforce.com/2005/09/outbound">
   <OrganizationId>00D000000000001</OrganizationId>
   <SessionId xsi:nil="true"/>
   <Notification>
    <Id>04l1</Id>
    <sObject xsi:type="sf:Contact" xmlns:sf="urn:sobject.enterprise.soap.sforce.com">
     <sf:Name>Ada &amp; Søn</sf:Name>
    </sObject>
   </Notification>
   <Notification><Id>04l2</Id></Notification>
  </notifications>
 </soapenv:Body>
</soapenv:Envelope>`;

test("a Salesforce outbound message is read without its namespaces", () => {
  expect(read(outboundMessage)).toEqual({
    format: "xml",
    data: {
      Envelope: {
        Body: {
          notifications: {
            OrganizationId: "00D000000000001",
            SessionId: { "@nil": "true" },
            Notification: [
              { Id: "04l1", sObject: { "@type": "sf:Contact", Name: "Ada & Søn" } },
              { Id: "04l2" },
            ],
          },
        },
      },
    },
  });
});

test.each([
  ["<a/>", { a: "" }],
  ["<a> x </a>", { a: " x " }],
  ["<a>1<![CDATA[<b>&amp;]]>2</a>", { a: "1<b>&amp;2" }],
  ["<a>x<b/>y</a>", { a: { b: "", "#text": "xy" } }],
  ["<a>\n <b>1</b>\n</a>", { a: { b: "1" } }],
  ['<a x="1">t</a>', { a: { "@x": "1", "#text": "t" } }],
  ['<a p:x="1" q:x="2"/>', { a: { "@x": ["1", "2"] } }],
  ["<p:a><q:b/><r:b/></p:a>", { a: { b: ["", ""] } }],
  ["<a>&lt;&gt;&amp;&quot;&apos;&#65;&#x1F600;</a>", { a: "<>&\"'A😀" }],
  ["<!-- c --><?pi x?><a><!-- c -->x<?pi y?></a>", { a: "x" }],
])("%s", (body, data) => {
  expect(read(body)).toEqual({ format: "xml", data });
});

test("a declared encoding counts where the content type names none", () => {
  const body = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>ß</a>', "latin1");
  expect(read(body, "application/soap+xml").data).toEqual({ a: "ß" });
});

test("UTF-16 that is declared in readable ASCII is not believed", () => {
  expect(read('<?xml version="1.0" encoding="utf-16"?><a>ß</a>', "text/xml").data).toEqual({
    a: "ß",
  });
});

test("names of object members are data in maps without a prototype", () => {
  const { data } = read('<__proto__ constructor="1"><__proto__>x</__proto__></__proto__>') as {
    data: Record<string, Record<string, unknown>>;
  };
  expect(Object.getPrototypeOf(data)).toBeNull();
  expect(Object.keys(data)).toEqual(["__proto__"]);
  const inner = Object.values(data)[0] ?? {};
  expect(Object.getPrototypeOf(inner)).toBeNull();
  expect(Object.entries(inner)).toEqual([
    ["@constructor", "1"],
    ["__proto__", "x"],
  ]);
});

const billionLaughs = `<!DOCTYPE lolz [<!ENTITY lol "lol">${Array.from(
  { length: 9 },
  (_, index) => `<!ENTITY lol${index + 1} "${`&lol${index || ""};`.repeat(10)}">`,
).join("")}]><lolz>&lol9;</lolz>`;

describe("a DOCTYPE is refused", () => {
  test.each([
    ["billion laughs", billionLaughs],
    ["an external entity", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'],
    ["an external DTD", '<!DOCTYPE a SYSTEM "http://169.254.169.254/x.dtd"><a/>'],
    ["an empty one", "<!DOCTYPE a><a/>"],
    ["repeated ones (GHSA-8r6m-32jq-jx6q)", "<!DOCTYPE a>".repeat(1_000)],
    ["one behind a comment", "<?xml version='1.0'?><!-- x --><!DOCTYPE a><a/>"],
  ])("%s", (_, body) => {
    expect(read(body)).toMatchObject({
      format: "text",
      data: body,
      problem: "body is XML with a DOCTYPE",
    });
  });

  test("the word inside text or CDATA is just text", () => {
    expect(read("<a><![CDATA[<!DOCTYPE x>]]></a>").data).toEqual({ a: "<!DOCTYPE x>" });
  });
});

describe("entities other than the five predefined ones are refused", () => {
  test.each([
    "&lol;",
    "&constructor;",
    "&__proto__;",
    "&nbsp;",
    "&#0;",
    "&#x110000;",
    "&#xD800;",
    "&",
  ])("%s", (entity) => {
    expect(read(`<a>${entity}</a>`)).toMatchObject({ format: "text" });
    expect(read(`<a b="${entity}"/>`)).toMatchObject({ format: "text" });
  });
});

describe("size is bounded", () => {
  const nested = (levels: number) => "<a>".repeat(levels) + "</a>".repeat(levels);
  const attributes = (count: number) =>
    `<a ${Array.from({ length: count }, (_, index) => `a${index}="1"`).join(" ")}/>`;

  test.each([
    ["64 levels", nested(64)],
    ["100,000 elements", `<a>${"<b/>".repeat(99_999)}</a>`],
    ["100,000 references", `<a>${"&#65;".repeat(100_000)}</a>`],
    ["10,000 attributes", attributes(10_000)],
  ])("%s are read", (_, body) => {
    expect(read(body)).toMatchObject({ format: "xml" });
  });

  test.each([
    ["65 levels", nested(65), "nested deeper than 64 levels"],
    ["100,000 levels", nested(100_000), "nested deeper than 64 levels"],
    ["more elements", `<a>${"<b/>".repeat(100_000)}</a>`, "more than 100000 elements"],
    ["a million numeric entities", `<a>${"&#65;".repeat(1_000_000)}</a>`, "entity references"],
    ["more attributes", attributes(100_001), "more than 100000 attributes"],
  ])("%s are a problem", (_, body, problem) => {
    const parsed = read(body);
    expect(parsed.format).toBe("text");
    expect(parsed.problem).toContain(problem);
  });
});

test.each([
  "<a>",
  "<a",
  "</a>",
  "text",
  "<a/><b/>",
  '<a b="1" b="2"/>',
  "<a b=c/>",
  "\u0000",
  "<a>]]></a>",
])("%p is not XML", (body) => {
  const parsed = read(body);
  expect(parsed.format).toBe("text");
  expect(parsed.problem).toContain("is not XML from line 1");
});
