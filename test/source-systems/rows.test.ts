import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../support/built";

const page = readFileSync(join(projectRoot, "docs", "source-systems.md"), "utf8");

const readRows = (): readonly (readonly [row: string, proof: string])[] =>
  [...page.matchAll(/^\| (\d{3}-\d+) \|.*\| (.+) \|$/gm)].map(
    ([, row = "", proof = ""]) => [row, proof] as const,
  );

const filesOf = (proof: string): readonly string[] =>
  [...proof.matchAll(/`([a-z-]+)`/g)].map(([, name]) => `${name}.test.ts`);

const there = new Set(readdirSync(__dirname));

it("finds the rows", () => {
  expect(readRows().length).toBeGreaterThan(60);
});

it.each(readRows())("row %s is proven where the page says", (row, proof) => {
  const files = filesOf(proof).filter((file) => there.has(file));
  const tells = proof.length > 40 && files.length === 0;
  const proves = files.some((file) =>
    new RegExp(`["'\`]${row}\\b`).test(readFileSync(join(__dirname, file), "utf8")),
  );
  expect(proves || tells || proof.includes("`end-to-end`") || /^As \d/.test(proof)).toBe(true);
});
