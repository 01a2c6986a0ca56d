import { open } from "node:fs/promises";

/** A durable append as the runner's journal does it: whoever arrives while the disk is busy shares the next fdatasync. */
export const openAppend = async (path) => {
  if (!path) return () => undefined;
  const file = await open(path, "a");
  let waiting = [];
  let isWriting = false;
  const writeAll = async () => {
    isWriting = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      await file.writev(batch.flatMap(({ chunks }) => chunks));
      await file.datasync();
      for (const { done } of batch) done();
    }
    isWriting = false;
  };
  return (headers, body) =>
    new Promise((done) => {
      waiting.push({ chunks: [Buffer.from(`${JSON.stringify(headers)}\n`), body], done });
      if (!isWriting) void writeAll();
    });
};
