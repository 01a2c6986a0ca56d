import type { Readable } from "node:stream";

const LONGEST_LINE_CHARACTERS = 8_192;
const LINE_BREAK = /\r\n|\n|\r/;

/**
 * Passes on a stream's lines, the last one even where nothing ends it. The rest of a long line is left out: whoever
 * writes without ever breaking a line would otherwise fill the memory of the reader.
 */
export const forwardLines = (stream: Readable, onLine: (text: string) => void): void => {
  let line = "";
  const finish = (): void => {
    onLine(line);
    line = "";
  };
  stream.setEncoding("utf8");
  stream.on("data", (text: string) => {
    for (const [index, piece] of text.split(LINE_BREAK).entries()) {
      if (index > 0) finish();
      line += piece.slice(0, LONGEST_LINE_CHARACTERS - line.length);
    }
  });
  stream.on("end", () => {
    if (line !== "") finish();
  });
};
