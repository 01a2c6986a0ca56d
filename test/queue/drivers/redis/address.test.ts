import { readAddress, readPrefix } from "../../../../src/queue/drivers/redis/server/address";

const thrownBy = (url: string): Error => {
  try {
    readAddress({ url });
  } catch (error) {
    return error as Error;
  }
  throw new Error(`${url} was taken`);
};

describe("the address of a Redis server", () => {
  it("is read from the URL, percent signs and all", () => {
    expect(readAddress({ url: " rediss://us%40er:p%2Fw%25@redis.example.com:6380/3 " })).toEqual({
      host: "redis.example.com",
      port: 6380,
      isEncrypted: true,
      username: "us@er",
      password: "p/w%",
      database: 3,
    });
  });

  it("has the usual port, the first database and nobody's name where none are told", () => {
    expect(readAddress({ url: "redis://localhost" })).toEqual({
      host: "localhost",
      port: 6379,
      isEncrypted: false,
      username: "",
      password: "",
      database: 0,
    });
  });

  it("may be one of version 6", () => {
    expect(readAddress({ url: "redis://[::1]:7000/" })).toMatchObject({ host: "::1", port: 7000 });
  });

  it.each([
    ["nothing", ""],
    ["no URL", "secret@redis.example.com"],
    ["another scheme", "https://:secret@redis.example.com"],
    ["no host", "redis://"],
    ["a password that is not percent-encoded", "redis://:secret%zz@redis.example.com"],
    ["a slash in the password", "redis://:secret/1@redis.example.com"],
    ["a database that is no number", "redis://:secret@redis.example.com/main"],
    ["a question mark", "redis://:secret@redis.example.com?db=1"],
  ])("refuses %s, names the field and repeats nothing", (_, url) => {
    const error = thrownBy(url);
    expect(error).toMatchObject({ code: "CONNECTION_INVALID" });
    expect(error.message).toContain("Redis Queue, URL:");
    expect(`${error.message}${error.stack}${String(error.cause)}`).not.toContain("secret");
  });
});

describe("the prefix", () => {
  it("is the usual one where none is told", () => {
    expect([readPrefix({}), readPrefix({ prefix: " " }), readPrefix({ prefix: "own" })]).toEqual([
      "hookline",
      "hookline",
      "own",
    ]);
  });

  it.each(["a{b", "a}b", "a b", "a\nb", "x".repeat(101)])("must not be %j", (prefix) => {
    expect(() => readPrefix({ prefix })).toThrow(
      expect.objectContaining({
        code: "CONNECTION_INVALID",
        message: expect.stringContaining("Prefix"),
      }),
    );
  });
});
