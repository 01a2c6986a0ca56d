import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import process from "node:process";
import { record } from "./recording.mjs";

const recipes = new URL("recipes/", import.meta.url);
const recordings = new URL("../fixtures/vectors/", import.meta.url);
const isCheck = process.argv.includes("--check");

const recordOne = async (file) => {
  const { recipe } = await import(new URL(file, recipes).href);
  const target = new URL(`${recipe.provider}.json`, recordings);
  const before = existsSync(target) ? readFileSync(target, "utf8") : undefined;
  const recording = await record(recipe, before && JSON.parse(before));
  const after = `${JSON.stringify(recording, null, 2)}\n`;
  if (!isCheck) writeFileSync(target, after);
  const { vectors, refused } = recording;
  const state = before === after ? "unchanged" : "changed";
  process.stdout.write(
    `${recipe.provider}: ${vectors.length} accepted, ${refused.length} refused, ${state}\n`,
  );
  return before === after;
};

mkdirSync(recordings, { recursive: true });
let isUnchanged = true;
for (const file of readdirSync(recipes).sort()) {
  isUnchanged = (await recordOne(file)) && isUnchanged;
}
if (isCheck && !isUnchanged) process.exitCode = 1;
