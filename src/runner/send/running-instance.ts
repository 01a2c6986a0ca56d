import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { HooklineError } from "../../errors";

/** What another command of this machine needs to know of a runner that is up. It holds no secret. */
export interface RunningInstance {
  readonly url: string;
  /** Absolute; null where the runner gave every trigger a flow. */
  readonly integration: string | null;
  readonly configuration: string | null;
  readonly flows: readonly { readonly name: string; readonly url: string }[];
}

const fileIn = (dataFolder: string): string => join(dataFolder, "running.json");

const toAbsolute = (path: string | undefined): string | null =>
  path === undefined ? null : resolve(path);

export interface Announcement {
  readonly url: string;
  readonly integration: string | undefined;
  readonly configuration: string | undefined;
  readonly flows: RunningInstance["flows"];
}

/** Leaves word in the data folder. Returns what takes it away again. */
export const announceInstance = (
  dataFolder: string,
  { url, integration, configuration, flows }: Announcement,
): (() => void) => {
  const instance: RunningInstance = {
    url,
    integration: toAbsolute(integration),
    configuration: toAbsolute(configuration),
    flows: flows.map(({ name, url: flowUrl }) => ({ name, url: flowUrl })),
  };
  writeFileSync(fileIn(dataFolder), `${JSON.stringify(instance, null, 2)}\n`);
  return () => rmSync(fileIn(dataFolder), { force: true });
};

/** @throws HooklineError DELIVERY_FAILED where no runner uses the data folder. */
export const findRunningInstance = (dataFolder: string): RunningInstance => {
  try {
    return JSON.parse(readFileSync(fileIn(dataFolder), "utf8"));
  } catch (cause) {
    throw new HooklineError(
      "DELIVERY_FAILED",
      `No runner is up with the data folder ${dataFolder}. Start one with "hookline dev", or give --url and --secret.`,
      { cause },
    );
  }
};
