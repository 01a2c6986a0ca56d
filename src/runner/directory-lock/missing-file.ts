import { unlink } from "node:fs/promises";

const isMissing = (error: unknown): boolean =>
  (error as NodeJS.ErrnoException | undefined)?.code === "ENOENT";

/** What `work` gives, or nothing when the file is not there (any more). */
export const unlessMissing = async <T>(work: Promise<T>): Promise<T | undefined> => {
  try {
    return await work;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
};

export const removeFile = async (path: string): Promise<void> => {
  await unlessMissing(unlink(path));
};
