import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const root = createRequire(new URL("../../package.json", import.meta.url));
const built = (name) => fileURLToPath(new URL(`../build/${name}`, import.meta.url));

/** Bundles one file of ours as the component itself is bundled, into bench/build/<name>/index.cjs; gives that path. */
export const bundle = (name, entry) => {
  const { plugins, ...component } = root("./webpack.config.js").find(
    (config) => config.name === "component",
  );
  const compiler = root("webpack")({
    ...component,
    context: fileURLToPath(new URL("../..", import.meta.url)),
    entry: fileURLToPath(new URL(`../${entry}`, import.meta.url)),
    output: { ...component.output, path: built(name), filename: "index.cjs" },
  });
  return new Promise((resolve, reject) =>
    compiler.run((error, stats) => {
      const problem = error ?? (stats.hasErrors() && new Error(stats.toString("errors-only")));
      compiler.close(() => (problem ? reject(problem) : resolve(`${built(name)}/index.cjs`)));
    }),
  );
};
