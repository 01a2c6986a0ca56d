import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { providers } from "../../src/providers/catalogue";

const source = path.join(__dirname, "..", "..", "src");
const read = (file: string): string => readFileSync(path.join(source, file), "utf8");

const files = readdirSync(source, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.split(path.sep).join("/"));

const shared = files.filter((file) => !/^(providers|stand-ins)\//.test(file));
/** One file a provider; the parts of a long one are in the folder of its name. */
const definitions = files.filter(
  (file) => /^providers\/[^/]+\.ts$/.test(file) && !/\/(provider|catalogue)\.ts$/.test(file),
);
const parts = files.filter((file) => /^providers\/[^/]+\//.test(file));

/** Code without comments and without the words that inputs show to people, such as an example. */
const withoutWords = (text: string): string =>
  text
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/(^|\s)\/\/.*$/gm, "")
    .replace(/\b(example|placeholder|comments): "[^"]*"/g, "");

/** Names that stand for more than the provider: a signature scheme and its file. */
const general = new Set(["standard-webhooks"]);

const ids = providers.map(({ id }) => id).filter((id) => !general.has(id));

/** An id as a whole text, or a file of a provider as an import. */
const namesProvider = (id: string): RegExp => new RegExp(`["'\`]${id}["'\`]|providers/${id}["'\`]`);

it("finds the code", () => {
  expect(shared.length).toBeGreaterThan(50);
  expect(definitions.length).toBe(providers.length);
});

it("shared code names no provider", () => {
  const found = shared.flatMap((file) => {
    const text = withoutWords(read(file));
    return ids.filter((id) => namesProvider(id).test(text)).map((id) => `${file}: ${id}`);
  });
  expect(found).toEqual([]);
});

it("keeps parts in folders that are called as their provider", () => {
  expect(parts.length).toBeGreaterThan(0);
  for (const part of parts) expect(ids).toContain(part.split("/")[1]);
});

describe.each(definitions)("%s", (file) => {
  const text = read(file);
  const id = path.basename(file, ".ts");

  it("is called as its provider, and exports nothing else", () => {
    const exported = [...text.matchAll(/^export (?:const|function|interface|type) (\w+)/gm)];
    const camelCase = id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    expect(exported.map(([, name]) => name)).toEqual([camelCase]);
    expect(text).toContain(`id: "${id}"`);
    expect(providers.map((provider) => provider.id)).toContain(id);
  });

  it("is short", () => {
    expect(text.trimEnd().split("\n").length).toBeLessThanOrEqual(150);
  });

  it("knows no other provider, and does no input or output", () => {
    const imported = [...text.matchAll(/from "([^"]+)"/g)].map(([, from]) => from ?? "");
    const others = imported.filter(
      (from) => from.startsWith("./") && from !== "./provider" && !from.startsWith(`./${id}/`),
    );
    const outside = imported.filter((from) => !from.startsWith("."));
    expect([...others, ...outside]).toEqual([]);
    expect(withoutWords(text)).not.toMatch(/\b(fetch|process|console|require)\s*[.(]/);
  });
});
