import { mkdirSync, writeFileSync } from "node:fs";

const printed = [];

export const print = (text) => {
  printed.push(text);
  console.log(text);
};

/** Keeps what was printed so far in bench/build/<name>, to paste it from; gives that path. */
export const savePrinted = (name) => {
  const folder = new URL("../build/", import.meta.url);
  mkdirSync(folder, { recursive: true });
  const file = new URL(name, folder);
  writeFileSync(file, `${printed.join("\n").trim()}\n`);
  return file.pathname;
};
