import { openPostgresDriver } from "../../../../src/queue/drivers/postgres/driver";

const open =
  (connectionString: string, schema = "") =>
  () =>
    openPostgresDriver({ connectionString, schema });

const ADDRESS = "postgres://user:hidden-pass@127.0.0.1:1/orders";

describe("the fields of the connection", () => {
  it("tell queues apart by database and schema, without a secret and without the host", () => {
    expect(open(ADDRESS)().place).toBe('["orders","hookline"]');
    expect(open(ADDRESS, "other")().place).toBe('["orders","other"]');
    expect(open("postgresql://user@127.0.0.1")().place).toBe('["user","hookline"]');
  });

  it.each([
    ["", "Connection String"],
    ["  ", "Connection String"],
    ["127.0.0.1:5432/orders", "Connection String"],
    ["mysql://user:hidden-pass@127.0.0.1/orders", "Connection String"],
    ["postgres://user:hidden-pass%@127.0.0.1/orders", "Connection String"],
    ["postgres://user:hidden-pass@127.0.0.1:port/orders", "Connection String"],
    ["postgres://user:hidden-pass#@127.0.0.1/orders", "Connection String"],
    ["postgres://user:hidden@pass#w@127.0.0.1/orders", "Connection String"],
    ["postgres://user:hidden@pass/w@127.0.0.1/orders", "Connection String"],
    ["postgres://user:hidden@pass?w@127.0.0.1/orders", "Connection String"],
    ["postgres://user:99#hidden@127.0.0.1/orders", "Connection String"],
    [`${ADDRESS}?sslmode=banana`, "sslmode as one of disable"],
    [`${ADDRESS}?sslmod=verify-full`, "sslmode as one of disable"],
    [`${ADDRESS}?SSLMode=verify-full`, "sslmode as one of disable"],
  ])("refuse %p and name the field", (connectionString, label) => {
    expect(open(connectionString)).toThrow(
      expect.objectContaining({
        code: "CONNECTION_INVALID",
        message: expect.stringContaining(label),
      }),
    );
  });

  it("never tell a password, not even as the cause", () => {
    try {
      open("postgres://user:hidden-pass@127.0.0.1:port/orders")();
      throw new Error("it was taken");
    } catch (error) {
      expect(JSON.stringify([error, String(error), (error as Error).cause])).not.toContain(
        "hidden-pass",
      );
    }
  });

  it.each(['a"b', "a b", "1a", "pg_own", "ä", "a".repeat(64), "a;drop", "a.b"])(
    "refuse the schema %p",
    (schema) => {
      expect(open(ADDRESS, schema)).toThrow(
        expect.objectContaining({
          code: "CONNECTION_INVALID",
          message: expect.stringContaining("Schema"),
        }),
      );
    },
  );
});
