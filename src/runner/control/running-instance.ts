import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { HooklineError } from "../../errors";

/** What another command of this machine needs to know of a runner that is up. It holds no secret. */
export interface RunningInstance {
  readonly url: string;
  /** Absolute; null where the runner gave every trigger a flow. */
  readonly integration: string | null;
  readonly configuration: string | null;
  readonly flows: readonly {
    readonly name: string;
    readonly url: string;
    /** The key of its trigger. */
    readonly trigger: string;
  }[];
}

const instanceFile = (dataFolder: string): string => join(dataFolder, "running.json");
/** Readable by nobody else: who has the token may change the instance. */
const tokenFile = (dataFolder: string): string => join(dataFolder, "control-token");
/** As secret as the token: for other programs of this person that want to look into the embedded queue. */
const queueFile = (dataFolder: string): string => join(dataFolder, "queue-connection");

/** A reader finds the old text or the new one, and never a part of either. */
const replaceFile = (file: string, text: string, mode: number): void => {
  const draft = `${file}.new`;
  rmSync(draft, { force: true });
  writeFileSync(draft, `${text}\n`, { mode, flag: "wx" });
  renameSync(draft, file);
};

const toAbsolute = (path: string | undefined): string | null =>
  path === undefined ? null : resolve(path);

export interface Announcement {
  readonly url: string;
  readonly integration: string | undefined;
  readonly configuration: string | undefined;
  readonly flows: RunningInstance["flows"];
  readonly controlToken: string;
  readonly queueConnection: string;
}

/** Leaves word in the data folder, in place of what was left before. Returns what takes it away again. */
export const announceInstance = (
  dataFolder: string,
  { url, integration, configuration, flows, controlToken, queueConnection }: Announcement,
): (() => void) => {
  const instance: RunningInstance = {
    url,
    integration: toAbsolute(integration),
    configuration: toAbsolute(configuration),
    flows: flows.map(({ name, url: flowUrl, trigger }) => ({ name, url: flowUrl, trigger })),
  };
  replaceFile(tokenFile(dataFolder), controlToken, 0o600);
  replaceFile(queueFile(dataFolder), queueConnection, 0o600);
  replaceFile(instanceFile(dataFolder), JSON.stringify(instance, null, 2), 0o644);
  return () => {
    rmSync(instanceFile(dataFolder), { force: true });
    rmSync(tokenFile(dataFolder), { force: true });
    rmSync(queueFile(dataFolder), { force: true });
  };
};

/** @param remedy what to do where there is none. @throws HooklineError DELIVERY_FAILED */
const readLeftWord = (file: string, dataFolder: string, remedy: string): string => {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new HooklineError(
      "DELIVERY_FAILED",
      `No runner is up with the data folder ${dataFolder}. Start one with "hookline dev", or ${remedy}.`,
      { cause },
    );
  }
};

/** @throws HooklineError DELIVERY_FAILED where no runner uses the data folder. */
export const findRunningInstance = (dataFolder: string, remedy: string): RunningInstance =>
  JSON.parse(readLeftWord(instanceFile(dataFolder), dataFolder, remedy));

/** @throws HooklineError DELIVERY_FAILED where no runner uses the data folder. */
export const readControlToken = (dataFolder: string, remedy: string): string =>
  readLeftWord(tokenFile(dataFolder), dataFolder, remedy).trim();
