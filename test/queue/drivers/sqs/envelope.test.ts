import fc from "fast-check";
import { readEnvelope, writeEnvelope } from "../../../../src/queue/drivers/sqs/envelope";
import { readReference, writeReference } from "../../../../src/queue/drivers/sqs/reference";
import { sqsTraits } from "../../../../src/queue/drivers/sqs/traits";

const foreign = { orderingKey: "group", dedupeKey: "dedupe" };
/** Any UTF-16 code units, halves of characters and noncharacters included. */
const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes)),
  fc.constantFrom(
    "\u0000",
    "\u007f",
    "\u007f0041",
    "\ud83e\udd8a",
    "\ud800",
    "\ufffe\uffff",
    "\r\n",
  ),
);
const refused = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;

describe("the envelope", () => {
  it("brings back whatever keys and body it was given, in characters that SQS takes", () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (orderingKey, dedupeKey, body) => {
        const text = writeEnvelope({ orderingKey, dedupeKey, body });
        expect(text).not.toMatch(refused);
        expect(readEnvelope(text, foreign)).toEqual({ orderingKey, dedupeKey, body });
      }),
      { numRuns: 1000 },
    );
  });

  it("takes a text without an envelope as a body", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(readEnvelope(text, foreign)).toEqual({ ...foreign, body: text });
      }),
    );
    const keys = '{"hookline":1,"orderingKey":"a","dedupeKey":"1"';
    const texts = [
      '{"hookline":1,',
      '{"hookline":1,x}\n1',
      '{"hookline":2}\n1',
      '{"hookline":1,"orderingKey":"a"}\n1',
      '{"hookline":1,"orderingKey":"a","dedupeKey":1}\n1',
      `${keys},"origin":{"id":"m","sequence":"1","group":"g"}}\n1`,
      `${keys},"origin":{"id":"m","sequence":"1","group":"g","enqueuedAt":1e300}}\n1`,
      `${keys},"origin":null}\n1`,
      `${keys},"aside":{"reason":1,"attempt":1}}\n1`,
    ];
    for (const text of texts)
      expect(readEnvelope(text, foreign)).toEqual({ ...foreign, body: text });
  });

  it("leaves room for the largest body with the worst keys and the worst reason", () => {
    const worst = "\u0000".repeat(4096);
    const body = `"${"é".repeat((sqsTraits.largestBodyBytes - 2) / 2)}"`;
    const text = writeEnvelope({
      orderingKey: worst,
      dedupeKey: worst,
      body,
      origin: {
        id: "i".repeat(100),
        enqueuedAt: 2 ** 52,
        sequence: "9".repeat(40),
        group: "g".repeat(128),
      },
      aside: { reason: "\ud800".repeat(1000), attempt: 1_000_000 },
    });
    expect(Buffer.byteLength(body)).toBe(sqsTraits.largestBodyBytes);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1_048_576);
  });

  it("refuses a body that is too long only because of its characters", () => {
    const body = "\uffff".repeat(300_000);
    expect(() => writeEnvelope({ ...foreign, body })).toThrow(
      expect.objectContaining({ code: "INPUT_INVALID" }),
    );
  });
});

describe("the reference", () => {
  it("brings back the message with its receipt", () => {
    fc.assert(
      fc.property(anyText, anyText, (orderingKey, body) => {
        const held = {
          receipt: "AQEBxyz==",
          messageId: "m1",
          attempt: 3,
          leasedAt: 1_700_000_000_000,
          origin: { id: "m0", enqueuedAt: 1, sequence: "18849496460467696128", group: "g" },
          envelope: { orderingKey, dedupeKey: "1", body },
        };
        expect(readReference(writeReference(held))).toEqual(held);
      }),
    );
  });

  it("carries a message that another program has filled up to the last byte", () => {
    const body = "\u0001".repeat(1_048_576);
    const held = {
      receipt: "r",
      messageId: "m",
      attempt: 1,
      leasedAt: 1,
      origin: { id: "m", enqueuedAt: 1, sequence: "1", group: "g" },
      envelope: { ...foreign, body },
    };
    expect(readReference(writeReference(held))).toEqual(held);
  });

  it("is shorter than the body, where that is text", () => {
    const body = JSON.stringify(Array.from({ length: 500 }, (_, id) => ({ id, name: "order" })));
    const reference = writeReference({
      receipt: "r",
      messageId: "m",
      attempt: 1,
      leasedAt: 1,
      origin: { id: "m", enqueuedAt: 1, sequence: "1", group: "g" },
      envelope: { ...foreign, body },
    });
    expect(reference.length).toBeLessThan(body.length / 3);
  });
});
