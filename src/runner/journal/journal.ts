import { HooklineError } from "../../errors";
import { type DirectoryLock, lockDirectory } from "../directory-lock/directory-lock";
import type { CapturedRequest } from "./captured-request";
import { createGroupCommit } from "./group-commit";
import { toJournalError } from "./journal-failure";
import { type JournalOptions, type JournalSettings, toJournalSettings } from "./journal-settings";
import { readRequests } from "./read-requests";
import { type JournalRecord, MAXIMUM_RECORD_BYTES } from "./record-frame";
import { toRequestRecord } from "./request-record";
import { createSegmentWriter, type SegmentWriter } from "./segment-writer";

export interface Journal {
  /**
   * Resolves once the request is on disk; rejects with JOURNAL_UNAVAILABLE when it is not, `retryable` when
   * a later one may fit again. The request must not change until then.
   */
  append(request: CapturedRequest): Promise<void>;
  /** Everything on disk when the reader gets there, oldest first. Stop at any time. */
  read(): AsyncIterable<CapturedRequest>;
  /** Waits for every append made so far, then lets another runner have the directory. */
  close(): Promise<void>;
}

const toClosedError = () =>
  new HooklineError("JOURNAL_UNAVAILABLE", "The journal is closed: the runner is stopping.");

const toTooLargeError = (bytes: number) =>
  new HooklineError(
    "JOURNAL_UNAVAILABLE",
    `A request of ${bytes} bytes is larger than a journal record may be. Lower the limit for requests.`,
  );

const openWriter = async (settings: JournalSettings, lock: DirectoryLock) => {
  try {
    return await createSegmentWriter({ ...settings, ensureLocked: lock.ensureHeld });
  } catch (error) {
    await lock.release();
    throw error;
  }
};

const toJournal = (settings: JournalSettings, writer: SegmentWriter, lock: DirectoryLock) => {
  const { directory, batchBytes, maximumWaitingBytes } = settings;
  const group = createGroupCommit<JournalRecord>({
    sizeOf: ({ bytes }) => bytes,
    batchBytes,
    maximumWaitingBytes,
    commit: (records) =>
      writer.write(records).catch((cause: unknown) => {
        throw toJournalError(directory, cause);
      }),
  });
  let closing: Promise<void> | undefined;
  const endOf = (sequence: number) => {
    const committed = writer.committed();
    return committed?.sequence === sequence ? committed.end : undefined;
  };

  const append = async (request: CapturedRequest) => {
    if (closing) throw toClosedError();
    const record = toRequestRecord(request);
    if (record.bytes > MAXIMUM_RECORD_BYTES) throw toTooLargeError(record.bytes);
    await group.add(record);
  };

  const close = async () => {
    await group.settle();
    await writer.close();
    await lock.release();
  };

  return {
    append,
    read: () => readRequests({ ...settings, endOf }),
    close: () => {
      closing ??= close();
      return closing;
    },
  };
};

/** The journal in a directory, with the unfinished end of a crashed one cut off. One process at a time may have it. */
export const openJournal = async (options: JournalOptions): Promise<Journal> => {
  const settings = toJournalSettings(options);
  try {
    const lock = await lockDirectory(settings.directory, {
      code: "JOURNAL_UNAVAILABLE",
      use: "writes the journal",
    });
    return toJournal(settings, await openWriter(settings, lock), lock);
  } catch (error) {
    throw toJournalError(settings.directory, error);
  }
};

/** Reads a journal without opening it, also while a runner writes it. A missing one is empty. */
export const readJournal = (options: JournalOptions): AsyncIterable<CapturedRequest> =>
  readRequests({ ...toJournalSettings(options), endOf: () => undefined });
