import { assert, property, string } from "fast-check";
import {
  readStoredText,
  toShortHash,
  toStoredText,
} from "../../../../src/queue/drivers/postgres/stored-text";

const anyText = string({ unit: "binary" });

describe("a key as PostgreSQL keeps it", () => {
  it("comes back as it was, and holds nothing that UTF-8 or PostgreSQL cannot", () => {
    assert(
      property(anyText, (text) => {
        const odd = `${text}\u0000\ud800"\\`;
        const stored = toStoredText(odd);
        expect(readStoredText(stored)).toBe(odd);
        expect(stored).not.toContain("\u0000");
        expect(Buffer.from(stored).toString()).toBe(stored);
      }),
    );
  });

  it("differs for halves of surrogate pairs, which UTF-8 would make one", () => {
    expect(toShortHash(toStoredText("\ud800"))).not.toBe(toShortHash(toStoredText("\ud801")));
  });

  it("stays readable where it can", () => {
    expect(toStoredText("order 7, Zoë 🦊")).toBe("order 7, Zoë 🦊");
  });
});
