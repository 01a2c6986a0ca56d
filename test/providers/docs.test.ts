import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describeCatalogue } from "../../scripts/provider-docs";
import { providers } from "../../src/providers/catalogue";

const file = path.join(__dirname, "..", "..", "docs", "providers.md");

const readPage = (): string => {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
};

describe("docs/providers.md", () => {
  const page = describeCatalogue(providers);
  const table = page.split("\n").filter((line) => line.startsWith("|"));

  it("says what the definitions say", () => {
    if (process.env.UPDATE_DOCS === "1") writeFileSync(file, page);
    if (readPage() !== page)
      throw new Error(
        "docs/providers.md is out of date. Run: UPDATE_DOCS=1 npx jest test/providers/docs.test.ts",
      );
  });

  it("has a row of ten cells for every provider", () => {
    expect(table).toHaveLength(providers.length + 2);
    for (const row of table) expect(row.split(/(?<!\\)\|/)).toHaveLength(12);
  });

  it("links every row to a section that is there", () => {
    const headings = [...page.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(providers.map(({ name }) => name));
    const anchors = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor);
    expect(new Set(anchors).size).toBe(providers.length);
  });

  it("shows no tag that a browser would take for one", () => {
    const text = table
      .join("\n")
      .replaceAll("<br>", "")
      .replace(/`[^`]*`/g, "");
    expect(text).not.toMatch(/[<>]/);
  });
});
