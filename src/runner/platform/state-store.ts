import { mkdirSync, readFileSync } from "node:fs";
import { open, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { HooklineError } from "../../errors";
import { EMPTY_SCOPE } from "./state-scopes";

/** State that outlives runs and restarts: JSON text by storage key. */
export interface StateStore {
  readonly all: () => ReadonlyMap<string, string>;
  /** Replaces whole scopes, in memory at once and on disk soon after. */
  readonly write: (changes: Readonly<Record<string, string>> | undefined) => void;
  /** Grows with every write, so that a reader knows whether it is up to date. */
  readonly version: () => number;
  readonly changedSince: (version: number) => Record<string, string>;
  /** Resolves once everything is on disk. */
  readonly flush: () => Promise<void>;
}

export interface StateStoreOptions {
  readonly file: string;
  /** Called when the disk refuses; the runner goes on with what it holds in memory. */
  readonly onWriteError: (error: Error) => void;
}

/** Nothing where there is no file. One that cannot be read must not pass for none: the next write would replace it. */
const readText = (file: string): string | undefined => {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new HooklineError(
      "CONFIGURATION_INVALID",
      `The saved state in ${file} cannot be read. Grant read permission, or choose another folder with --data.`,
      { cause },
    );
  }
};

const readStored = (file: string): Map<string, string> => {
  const text = readText(file);
  if (text === undefined) return new Map();
  try {
    const stored: Record<string, unknown> = JSON.parse(text);
    return new Map(Object.entries(stored).map(([key, value]) => [key, JSON.stringify(value)]));
  } catch (cause) {
    throw new HooklineError(
      "CONFIGURATION_INVALID",
      `The saved state in ${file} is not JSON. Repair it, or delete it to start without state.`,
      { cause },
    );
  }
};

/** Never leaves a half-written file: a new one is completed beside it and then takes its name. */
const replaceFile = async (file: string, text: string): Promise<void> => {
  const draft = `${file}.new`;
  const handle = await open(draft, "w", 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
};

const toDocument = (scopes: ReadonlyMap<string, string>): string =>
  `{${[...scopes]
    .filter(([, text]) => text !== EMPTY_SCOPE)
    .map(([key, text]) => `${JSON.stringify(key)}:${text}`)
    .join(",\n")}}\n`;

/** @throws HooklineError CONFIGURATION_INVALID when the file is damaged. */
export const openStateStore = ({ file, onWriteError }: StateStoreOptions): StateStore => {
  mkdirSync(dirname(file), { recursive: true });
  const scopes = readStored(file);
  const versions = new Map([...scopes.keys()].map((key) => [key, 1]));
  let version = 1;
  let savedVersion = 1;
  let saving: Promise<void> | undefined;

  const save = async (): Promise<void> => {
    while (savedVersion < version) {
      const target = version;
      await replaceFile(file, toDocument(scopes)).catch(onWriteError);
      savedVersion = target;
    }
    saving = undefined;
  };

  return {
    all: () => scopes,
    version: () => version,
    write: (changes) => {
      if (!changes) return;
      version += 1;
      for (const [key, text] of Object.entries(changes)) {
        scopes.set(key, text);
        versions.set(key, version);
      }
      saving ??= save();
    },
    changedSince: (since) =>
      Object.fromEntries([...scopes].filter(([key]) => (versions.get(key) ?? 0) > since)),
    flush: async () => {
      await saving;
    },
  };
};
