import { print } from "./print.js";

/** Prints rows as a Markdown table, padded, so that it reads in a terminal and can be pasted into a document. */
export const printTable = (title, header, rows) => {
  const cells = [header, ...rows].map((row) => row.map(String));
  const widths = header.map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  const line = (row) =>
    `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join(" | ")} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`)).join(" | ")} |`;
  print(`\n${title}\n`);
  print([line(cells[0]), rule, ...cells.slice(1).map(line)].join("\n"));
};
