import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CapturedRequest } from "../../../src/runner/journal/captured-request";

const directories: string[] = [];

export const createDirectory = (): string => {
  const directory = mkdtempSync(join(tmpdir(), "hookline-journal-"));
  directories.push(directory);
  return directory;
};

export const removeDirectories = (): void => {
  for (const directory of directories.splice(0))
    rmSync(directory, { recursive: true, force: true });
};

/** A request that follows from its number alone, so that a reader can tell whether it is exact. */
export const toSampleRequest = (number: number, bodyBytes = 40): CapturedRequest => {
  const seed = createHash("sha256").update(String(number)).digest().subarray(0, 12);
  return {
    id: String(number),
    receivedAt: new Date(1_700_000_000_000 + number).toISOString(),
    flowId: `flow-${number % 3}`,
    method: "POST",
    url: `/trigger/abc?n=${number}`,
    headers: [
      ["Content-Type", "application/octet-stream"],
      ["X-Seed", seed.toString("latin1")],
    ],
    body: Buffer.alloc(bodyBytes, seed),
  };
};

export const collect = async (
  requests: AsyncIterable<CapturedRequest>,
): Promise<CapturedRequest[]> => {
  const found: CapturedRequest[] = [];
  for await (const request of requests) found.push(request);
  return found;
};

export const collectIds = async (requests: AsyncIterable<CapturedRequest>): Promise<string[]> =>
  (await collect(requests)).map(({ id }) => id);

export const listSegmentNames = (directory: string): string[] =>
  readdirSync(directory)
    .filter((name) => name.endsWith(".journal"))
    .sort();

/** Bodies of many sizes, up to 30 kB. */
export const toBurstBodyBytes = (number: number): number =>
  number % 20 === 0 ? 30_000 : (number % 13) * 100;
