import { mkdirSync } from "node:fs";
import { HooklineError } from "../errors";

/** Makes the folder where the runner keeps what it needs. @throws HooklineError CONFIGURATION_INVALID */
export const ensureDataFolder = (folder: string): void => {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (cause) {
    throw new HooklineError(
      "CONFIGURATION_INVALID",
      `${folder} cannot be used as data folder: it is a file, or may not be written. Choose another with --data.`,
      { cause },
    );
  }
};
