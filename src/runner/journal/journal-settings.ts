import { resolve } from "node:path";
import { HooklineError } from "../../errors";
import { type OpenFile, openFromDisk } from "./journal-file";
import type { ReportJournal } from "./journal-report";

export interface JournalOptions {
  /** Created if missing, for this user only: captured requests carry credentials. */
  readonly directory: string;
  /** Size on disk beyond which the oldest segments are deleted. Default 256 MiB. */
  readonly maximumBytes?: number;
  /** What is deleted at once; also how much is checked on open. Default 16 MiB, at most an eighth of the maximum. */
  readonly segmentBytes?: number;
  /** Appends beyond this much waiting for the disk are turned away, to bound memory. Default 256 MiB. */
  readonly maximumWaitingBytes?: number;
  readonly onReport?: ReportJournal;
  /** Opens the journal's files. Default: those on disk. */
  readonly openFile?: OpenFile;
}

export interface JournalSettings {
  readonly directory: string;
  readonly maximumBytes: number;
  readonly segmentBytes: number;
  readonly batchBytes: number;
  readonly maximumWaitingBytes: number;
  readonly report: ReportJournal;
  readonly openFile: OpenFile;
}

const MEBIBYTE = 1024 * 1024;

const toPositiveInteger = (name: string, value: number): number => {
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new HooklineError(
    "CONFIGURATION_INVALID",
    `The journal's ${name} is ${value}. Give a whole number of bytes above zero.`,
  );
};

export const toJournalSettings = (options: JournalOptions): JournalSettings => {
  const { maximumBytes = 256 * MEBIBYTE, maximumWaitingBytes = 256 * MEBIBYTE } = options;
  const maximum = toPositiveInteger("maximumBytes", maximumBytes);
  const { segmentBytes = Math.min(16 * MEBIBYTE, Math.ceil(maximum / 8)) } = options;
  const segment = toPositiveInteger("segmentBytes", segmentBytes);
  return {
    directory: resolve(options.directory),
    maximumBytes: maximum,
    segmentBytes: segment,
    batchBytes: Math.min(4 * MEBIBYTE, segment),
    maximumWaitingBytes: toPositiveInteger("maximumWaitingBytes", maximumWaitingBytes),
    report: options.onReport ?? (() => undefined),
    openFile: options.openFile ?? openFromDisk,
  };
};
