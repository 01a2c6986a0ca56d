/** The part of a stream that lines go to. */
export interface LineSink {
  readonly write: (text: string) => unknown;
  readonly writableLength?: number;
}

export interface LineWriter {
  readonly write: (line: string) => void;
  readonly flush: () => void;
}

const FLUSH_MILLISECONDS = 30;
/** A reader that does not keep up loses lines instead of filling the runner's memory. */
const MAXIMUM_BACKLOG = 8 * 1024 * 1024;

/** Collects lines for a moment and writes them together: a write per line costs more than the line. */
export const createLineWriter = (sink: LineSink): LineWriter => {
  let lines: string[] = [];
  let timer: NodeJS.Timeout | undefined;

  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (lines.length === 0) return;
    const text = `${lines.join("\n")}\n`;
    const omitted = lines.length;
    lines = [];
    if ((sink.writableLength ?? 0) < MAXIMUM_BACKLOG) sink.write(text);
    else lines.push(`… ${omitted} lines left out: the output is not being read`);
  };
  return {
    flush,
    write: (line) => {
      lines.push(line);
      timer ??= setTimeout(flush, FLUSH_MILLISECONDS);
    },
  };
};
