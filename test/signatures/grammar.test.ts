import fc from "fast-check";
import {
  type Grammar,
  list,
  optionallyPrefixed,
  pairs,
  pipePairs,
  plain,
  positional,
  prefixed,
  versions,
} from "../../src/signatures/grammar";

const signatures = fc.stringMatching(/^[A-Za-z0-9+/_-]{1,44}={0,2}$/);

const grammars: readonly (readonly [string, Grammar])[] = [
  ["plain", plain],
  ["prefixed", prefixed("sha256=")],
  ["optionally prefixed", optionallyPrefixed("Bearer ")],
  ["pairs", pairs("v1")],
  ["pairs with another separator", pairs("v1", ";")],
  ["versions", versions("v1")],
  ["list", list()],
  ["pipe pairs", pipePairs("integration_public_key")],
  ["positional from the start", positional(0)],
];

describe.each(grammars)("the grammar %s", (_name, grammar) => {
  it("reads what it writes", () => {
    fc.assert(
      fc.property(signatures, (value) => {
        expect(grammar.read(grammar.write(value))).toEqual([value]);
      }),
    );
  });

  it("shows its shape with the value in it", () => {
    expect(grammar.shape).toContain("<value>");
    expect(grammar.shape.replace("<value>", "")).not.toMatch(/undefined/);
  });
});

const several: readonly (readonly [string, Grammar])[] = [
  ["pairs", pairs("v1")],
  ["pairs with another separator", pairs("v1", ";")],
  ["versions", versions("v1")],
  ["list", list()],
  ["pipe pairs", pipePairs("key")],
];

it.each(several)(
  "%s: every value of a text that holds several is read, in order",
  (_name, grammar) => {
    fc.assert(
      fc.property(fc.array(signatures, { minLength: 1, maxLength: 20 }), (values) => {
        const text = values.map(grammar.write).join(grammar.separator);
        expect(grammar.read(text)).toEqual(values);
      }),
    );
  },
);

it("two keys of one header do not mistake each other's values", () => {
  fc.assert(
    fc.property(fc.nat(), signatures, (time, signature) => {
      const [t, v1, v10] = [pairs("t"), pairs("v1"), pairs("v10")];
      const text = [t.write(String(time)), v10.write("other"), v1.write(signature)].join(",");
      expect([t.read(text), v1.read(text), v10.read(text)]).toEqual([
        [String(time)],
        [signature],
        ["other"],
      ]);
    }),
  );
});

it.each<[string, Grammar, string, readonly string[]]>([
  ["prefixed reads nothing without its prefix", prefixed("sha256="), "abc", []],
  ["prefixed reads nothing after another prefix", prefixed("sha256="), "sha1=abc", []],
  ["prefixed tells upper case from lower", prefixed("sha256="), "SHA256=abc", []],
  ["prefixed reads an empty value", prefixed("sha256="), "sha256=", [""]],
  [
    "optionally prefixed reads either form",
    optionallyPrefixed("Bearer "),
    "Bearer a.b.c",
    ["a.b.c"],
  ],
  ["pairs ignore spaces around them", pairs("v1"), "t=1, v1=abc ,v1=def", ["abc", "def"]],
  ["pairs read nothing from another shape", pairs("v1"), "abc", []],
  ["pairs keep an equals sign in the value", pairs("v1"), "v1=ab==", ["ab=="]],
  ["versions skip other versions", versions("v1"), "v1a,abc v1,def v2,ghi", ["def"]],
  ["positional skips what comes first", positional(1), "1700000000,abc,def", ["abc", "def"]],
  ["positional reads nothing from a shorter text", positional(2), "1700000000,abc", []],
  ["pipe pairs skip a pair without a value", pipePairs("k"), "a|b&c", ["b"]],
])("%s", (_name, grammar, text, values) => {
  expect(grammar.read(text)).toEqual(values);
});
