import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { providers } from "../../src/providers/catalogue";
import type { Provider } from "../../src/providers/provider";

const folder = path.join(__dirname, "..", "providers", "subscriptions");

const managed = providers
  .filter(({ subscription }: Provider) => subscription?.kind === "api")
  .map(({ id }) => id);

it("finds the providers that can be subscribed to", () => {
  expect(managed.length).toBeGreaterThan(5);
});

it.each(managed)("%s is held to the convergence contract", (id) => {
  const file = path.join(folder, `${id}.test.ts`);
  expect(existsSync(file)).toBe(true);
  expect(readFileSync(file, "utf8")).toContain("describeConvergence(");
});
