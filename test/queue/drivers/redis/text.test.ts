import fc from "fast-check";
import { readRecord, toRecordEnd } from "../../../../src/queue/drivers/redis/record";
import { readReference, toReference } from "../../../../src/queue/drivers/redis/reference";
import { fromCarried, toCarried } from "../../../../src/queue/drivers/redis/text";

/** Half surrogate pairs and NUL among them. */
const anyText = fc
  .string({ unit: "binary" })
  .chain((text) => fc.constantFrom(text, `\0${text}`, `${text}\ud800`, `\udc00 ${text}`));

const throughUtf8 = (text: string): string => Buffer.from(text).toString();

it("carries every text through UTF-8", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(fromCarried(throughUtf8(toCarried(text)))).toBe(text);
    }),
  );
});

it("keeps different texts different", () => {
  fc.assert(
    fc.property(anyText, anyText, (one, other) => {
      expect(throughUtf8(toCarried(one)) === throughUtf8(toCarried(other))).toBe(one === other);
    }),
  );
});

it("keeps dedupe key and body apart in a record, whatever they hold", () => {
  fc.assert(
    fc.property(anyText, anyText, (dedupeKey, body) => {
      const end = toRecordEnd({ orderingKey: "a", dedupeKey, body, delaySeconds: 0 });
      expect(readRecord(throughUtf8(`1795255515123 42 ${end}`))).toEqual({
        enqueuedAt: new Date(1_795_255_515_123),
        id: "42",
        dedupeKey,
        body,
      });
    }),
  );
});

it("reads a reference as it was made", () => {
  fc.assert(
    fc.property(
      anyText.filter((text) => text !== ""),
      (orderingKey) => {
        const reference = { orderingKey, position: "9007199254740991", token: "0f".repeat(16) };
        expect(readReference(toReference(reference))).toEqual(reference);
      },
    ),
  );
});

it.each([
  "",
  "1",
  "1.2.3",
  `x.${"0".repeat(32)}.a`,
  `1.${"0".repeat(31)}.a`,
  `1.${"0".repeat(32)}.`,
])("refuses %j as a reference", (text) => {
  expect(() => readReference(text)).toThrow(expect.objectContaining({ code: "LEASE_INVALID" }));
});
