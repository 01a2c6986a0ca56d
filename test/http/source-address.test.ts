import { createSourceCheck, lastForwardedAddress } from "../../src/http/source-address";

describe("a list of allowed sources", () => {
  it.each<[string, string, boolean]>([
    ["203.0.113.0/24", "203.0.113.0", true],
    ["203.0.113.0/24", "203.0.113.255", true],
    ["203.0.113.0/24", "203.0.114.0", false],
    ["203.0.113.7", "203.0.113.7", true],
    ["203.0.113.7", "203.0.113.8", false],
    ["203.0.113.77/24", "203.0.113.1", true],
    ["0.0.0.0/0", "8.8.8.8", true],
    ["0.0.0.0/0", "2001:db8::1", false],
    ["2001:db8::/32", "2001:db8:ffff::1", true],
    ["2001:db8::/32", "2001:DB8:0:0:0:0:0:1", true],
    ["2001:db8::/32", "2001:db9::1", false],
    ["2001:db8::1", "2001:db8:0::0:1", true],
    ["::/0", "2001:db8::1", true],
    [" 203.0.113.0/24 ", " 203.0.113.9 ", true],
  ])("%s says of %s: %p", (range, address, isAllowed) => {
    expect(createSourceCheck([range])(address)).toBe(isAllowed);
  });

  it.each(["::ffff:203.0.113.7", "::FFFF:203.0.113.7", "::ffff:cb00:7107"])(
    "takes %s, which is mapped into IPv6, for what it maps",
    (address) => {
      expect(createSourceCheck(["203.0.113.0/24"])(address)).toBe(true);
      expect(createSourceCheck(["198.51.100.0/24"])(address)).toBe(false);
    },
  );

  it("allows an address that any of several ranges holds", () => {
    const isAllowed = createSourceCheck(["203.0.113.0/24", "2001:db8::/32", "198.51.100.1"]);
    expect(["203.0.113.1", "2001:db8::1", "198.51.100.1"].every(isAllowed)).toBe(true);
    expect(isAllowed("198.51.100.2")).toBe(false);
  });

  it.each([
    "",
    "unknown",
    "203.0.113",
    "203.0.113.07.1",
    "203.0.113.7, 8.8.8.8",
    "0xcb007107",
    "3405803783",
  ])("allows nothing that is no address, such as %p", (address) => {
    expect(createSourceCheck(["0.0.0.0/0", "::/0"])(address)).toBe(false);
  });

  it("allows nobody when it is empty", () => {
    expect(createSourceCheck([])("203.0.113.7")).toBe(false);
  });

  it.each([
    "",
    "hooks.example.com",
    "203.0.113.0/33",
    "203.0.113.0/-1",
    "203.0.113.0/",
    "203.0.113.0/8/8",
    "203.0.113.0/2.5",
    "203.0.113.0/x",
    "2001:db8::/129",
    "203.0.113.*",
  ])("names the entry %p, which is no range, to the person who wrote it", (entry) => {
    expect(() => createSourceCheck(["203.0.113.0/24", entry])).toThrow(
      expect.objectContaining({
        code: "INPUT_INVALID",
        message: expect.stringContaining(`Allowed Sources: "${entry}"`),
      }),
    );
  });
});

describe("a forwarding header", () => {
  it.each([
    ["203.0.113.7", "203.0.113.7"],
    ["203.0.113.7:51234", "203.0.113.7"],
    ["2001:db8::1", "2001:db8::1"],
    ["[2001:db8::1]", "2001:db8::1"],
    ["[2001:db8::1]:443", "2001:db8::1"],
    ["10.0.0.1, 203.0.113.7", "203.0.113.7"],
    ["10.0.0.1,203.0.113.7 ", "203.0.113.7"],
    ["", ""],
  ])("%p comes from %p", (header, address) => {
    expect(lastForwardedAddress(header)).toBe(address);
  });

  it("cannot be forged by its sender: only the nearest proxy's entry counts", () => {
    const isAllowed = createSourceCheck(["203.0.113.0/24"]);
    const forged = "203.0.113.7, 203.0.113.7, 198.51.100.66";
    expect(isAllowed(lastForwardedAddress(forged))).toBe(false);
  });

  it.each(["203.0.113.7,", "203.0.113.7, ", "203.0.113.7, unknown", "203.0.113.7, 203.0.113.7:x"])(
    "%p names nobody who is allowed",
    (header) => {
      expect(createSourceCheck(["0.0.0.0/0"])(lastForwardedAddress(header))).toBe(false);
    },
  );
});
