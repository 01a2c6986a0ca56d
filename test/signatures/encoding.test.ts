import fc from "fast-check";
import { decodeStrictly, type Encoding } from "../../src/signatures/encoding";

const bytes = fc.uint8Array({ minLength: 1, maxLength: 80 }).map((array) => Buffer.from(array));

describe.each<Encoding>(["hex", "base64", "base64url"])("%s", (encoding) => {
  it("decodes what was encoded", () => {
    fc.assert(
      fc.property(bytes, (original) => {
        expect(decodeStrictly(original.toString(encoding), encoding)).toEqual(original);
      }),
    );
  });

  it("has one text for each signature, but for the case of hexadecimal digits", () => {
    fc.assert(
      fc.property(bytes, fc.nat(), fc.integer({ min: 33, max: 126 }), (original, at, code) => {
        const text = original.toString(encoding);
        const index = at % text.length;
        const other = text.slice(0, index) + String.fromCharCode(code) + text.slice(index + 1);
        const isSame =
          encoding === "hex" ? other.toLowerCase() === text.toLowerCase() : other === text;
        expect(decodeStrictly(other, encoding)?.equals(original) ?? false).toBe(isSame);
      }),
    );
  });

  it("refuses an empty text", () => {
    expect(decodeStrictly("", encoding)).toBeUndefined();
  });

  it("refuses anything put before, behind or into a text", () => {
    fc.assert(
      fc.property(
        bytes,
        fc.constantFrom(" ", "\n", "\t", "=", "~", "é", "\u0000"),
        (original, extra) => {
          const text = original.toString(encoding);
          const middle = text.length >> 1;
          const others = [
            extra + text,
            text + extra,
            text.slice(0, middle) + extra + text.slice(middle),
          ];
          for (const other of others) expect(decodeStrictly(other, encoding)).toBeUndefined();
        },
      ),
    );
  });
});

it.each<[string, string, Encoding]>([
  ["an odd number of hexadecimal digits", "abc", "hex"],
  ["base64 without its padding", "YQ", "base64"],
  ["base64 with a bit that is not used", "YR==", "base64"],
  ["base64 in the URL's alphabet", "_-_-", "base64"],
  ["base64url in the other alphabet", "/+/+", "base64url"],
  ["base64url with padding", "YQ==", "base64url"],
])("refuses %s", (_name, text, encoding) => {
  expect(decodeStrictly(text, encoding)).toBeUndefined();
});
