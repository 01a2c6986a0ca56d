import fc from "fast-check";
import { del, get, patch, path, post, put } from "../../src/http/api-request";

describe("a path of an API", () => {
  it("takes values as one segment each, whatever they hold", () => {
    expect(path`/repos/${"a/b"}/${"c?d#e"}/hooks`).toBe("/repos/a%2Fb/c%3Fd%23e/hooks");
    expect(path`/hooks/${"%2e%2e"}`).toBe("/hooks/%252e%252e");
    expect(path`/hooks/${"ü 1"}`).toBe("/hooks/%C3%BC%201");
    expect(path`/hooks`).toBe("/hooks");
  });

  it("never leads elsewhere", () => {
    const values = fc.oneof(fc.string(), fc.string({ unit: "binary" }));
    const base = "https://api.example.com/v1";
    fc.assert(
      fc.property(values, (value) => {
        fc.pre(!["", ".", ".."].includes(value));
        const url = new URL(`${base}${path`/hooks/${value}/end`}`);
        expect(url.pathname.split("/")).toHaveLength(5);
        expect(decodeURIComponent(url.pathname.split("/")[3]!)).toBe(value);
        expect([url.search, url.hash]).toEqual(["", ""]);
      }),
    );
  });

  it.each(["", ".", "..", "\ud800", "a\udc00"])("refuses %j", (value) => {
    const attempt = () => path`/hooks/${value}`;
    expect(attempt).toThrow(expect.objectContaining({ code: "INPUT_INVALID" }));
  });
});

it("calls are plain values", () => {
  expect(get("/a", { page: 2 })).toEqual({ method: "GET", path: "/a", query: { page: 2 } });
  expect(del("/a")).toEqual({ method: "DELETE", path: "/a", query: {} });
  const body = { json: { name: "web" } };
  expect(post("/a", body.json)).toEqual({ method: "POST", path: "/a", body });
  expect(put("/a", body.json)).toEqual({ method: "PUT", path: "/a", body });
  expect(patch("/a", body.json)).toEqual({ method: "PATCH", path: "/a", body });
});
