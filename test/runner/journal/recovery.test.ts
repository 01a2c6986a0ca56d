import { copyFileSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openJournal, readJournal } from "../../../src/runner/journal/journal";
import type { JournalReport } from "../../../src/runner/journal/journal-report";
import { toFrames, toRecord } from "../../../src/runner/journal/record-frame";
import {
  collect,
  collectIds,
  createDirectory,
  listSegmentNames,
  removeDirectories,
  toSampleRequest,
} from "./sample-requests";

afterAll(removeDirectories);

const NAME = "000000000001.journal";

/** A segment with the given requests, and where each record ends. */
const writeSegment = async (numbers: readonly number[]) => {
  const directory = createDirectory();
  const journal = await openJournal({ directory });
  const path = join(directory, NAME);
  const ends: number[] = [];
  for (const number of numbers) {
    await journal.append(toSampleRequest(number));
    ends.push(statSync(path).size);
  }
  await journal.close();
  return { directory, path, ends, bytes: readFileSync(path) };
};

const toDirectoryWith = (bytes: Buffer) => {
  const directory = createDirectory();
  writeFileSync(join(directory, NAME), bytes);
  return directory;
};

const openWithReports = async (directory: string) => {
  const reports: JournalReport[] = [];
  const journal = await openJournal({ directory, onReport: (report) => reports.push(report) });
  return { journal, reports };
};

test("a tail torn at any byte of the last record is cut off, and the journal goes on behind it", async () => {
  const { bytes, ends } = await writeSegment([1, 2, 3]);
  const [, second = 0, third = 0] = ends;
  const check = async (length: number) => {
    const directory = toDirectoryWith(bytes.subarray(0, length));
    const { journal, reports } = await openWithReports(directory);
    expect(reports).toHaveLength(length === second ? 0 : 1);
    expect(await collectIds(journal.read())).toEqual(["1", "2"]);
    await journal.append(toSampleRequest(4));
    expect(await collect(journal.read())).toEqual([1, 2, 4].map((n) => toSampleRequest(n)));
    await journal.close();
    expect(listSegmentNames(directory)).toEqual([NAME]);
  };
  await Promise.all(Array.from({ length: third - second }, (_, cut) => check(second + cut)));
});

test("a tail of zeros or garbage is cut off", async () => {
  const { bytes, ends } = await writeSegment([1, 2]);
  for (const tail of [
    Buffer.alloc(5000),
    Buffer.alloc(300_000, "garbage"),
    bytes.subarray(24, 48),
  ]) {
    const directory = toDirectoryWith(Buffer.concat([bytes, tail]));
    const { journal, reports } = await openWithReports(directory);
    expect(reports).toMatchObject([{ kind: "tail-cut-off", offset: ends[1], bytes: tail.length }]);
    expect(statSync(join(directory, NAME)).size).toBe(bytes.length);
    await journal.append(toSampleRequest(3));
    expect(await collectIds(journal.read())).toEqual(["1", "2", "3"]);
    await journal.close();
  }
});

test("a flipped bit costs at most the record that it is in, wherever it is", async () => {
  const { directory, path, bytes, ends } = await writeSegment([1, 2, 3]);
  for (let position = 0; position < bytes.length; position++) {
    const flipped = Buffer.from(bytes);
    flipped.writeUInt8(flipped.readUInt8(position) ^ (1 << (position % 8)), position);
    writeFileSync(path, flipped);
    const hit = position < 24 ? -1 : ends.findIndex((end) => position < end);
    const expected = [1, 2, 3].filter((_, index) => index !== hit);
    expect(await collect(readJournal({ directory }))).toEqual(
      expected.map((n) => toSampleRequest(n)),
    );
  }
});

test("damage in the middle is reported and skipped when opening, and nothing behind it is cut", async () => {
  const { bytes, ends } = await writeSegment([1, 2, 3, 4]);
  const [first = 0, , third = 0] = ends;
  const damaged = Buffer.from(bytes).fill(0xaa, first + 3, third - 5);
  const { journal, reports } = await openWithReports(toDirectoryWith(damaged));
  const expected = { kind: "damage-skipped", offset: first, bytes: third - first };
  expect(reports).toMatchObject([expected]);
  await journal.append(toSampleRequest(5));
  expect(await collectIds(journal.read())).toEqual(["1", "4", "5"]);
  expect(reports).toMatchObject([expected, expected]);
  await journal.close();
});

test("a hole of several hundred kilobytes is searched through for the next record", async () => {
  const { bytes, ends } = await writeSegment([1, 2, 3]);
  const [first = 0, second = 0] = ends;
  for (const hole of [65_529, 65_530, 65_536, 300_001]) {
    const parts = [bytes.subarray(0, first + 10), Buffer.alloc(hole), bytes.subarray(second)];
    const directory = toDirectoryWith(Buffer.concat(parts));
    expect(await collectIds(readJournal({ directory }))).toEqual(["1", "3"]);
  }
});

test("a body that holds records of the journal itself brings none of them back when damaged", async () => {
  const { bytes } = await writeSegment([1, 2]);
  const directory = createDirectory();
  const journal = await openJournal({ directory });
  await journal.append({ ...toSampleRequest(3), body: bytes });
  await journal.append(toSampleRequest(4));
  await journal.close();
  const path = join(directory, NAME);
  const outer = readFileSync(path);
  outer.writeUInt8(outer.readUInt8(24 + 12) ^ 1, 24 + 12);
  writeFileSync(path, outer);
  expect(await collectIds(readJournal({ directory }))).toEqual(["4"]);
});

test("a segment that a crash left without its header gives way to a new one", async () => {
  for (const length of [0, 1, 23]) {
    const { bytes } = await writeSegment([1]);
    const directory = toDirectoryWith(bytes);
    writeFileSync(join(directory, "000000000002.journal"), bytes.subarray(0, length));
    const { journal, reports } = await openWithReports(directory);
    await journal.append(toSampleRequest(2));
    expect(await collectIds(journal.read())).toEqual(["1", "2"]);
    expect(reports).toEqual([]);
    await journal.close();
  }
});

test("a segment of a later version, or none of ours, is left as it is and not written", async () => {
  const { bytes } = await writeSegment([1]);
  const later = Buffer.from(bytes.subarray(0, 24));
  later.writeUInt32LE(2, 8);
  const { crc32 } = await import("../../../src/http/crc32");
  later.writeUInt32LE(crc32(later.subarray(0, 20)), 20);
  const foreign = Buffer.alloc(2000, "not a journal");
  for (const content of [Buffer.concat([later, bytes.subarray(24)]), foreign]) {
    const directory = toDirectoryWith(content);
    const { journal, reports } = await openWithReports(directory);
    await journal.append(toSampleRequest(2));
    expect(await collectIds(journal.read())).toEqual(["2"]);
    expect(reports).toMatchObject([{ kind: "segment-unreadable", bytes: content.length }]);
    expect(readFileSync(join(directory, NAME))).toEqual(content);
    await journal.close();
  }
});

const withRecord = async (kind: number, payload: Buffer) => {
  const { bytes } = await writeSegment([1]);
  const frame = toFrames(bytes.subarray(12, 20), [toRecord(kind, [payload])]);
  return openWithReports(toDirectoryWith(Buffer.concat([bytes, frame])));
};

test("a record of a kind that is not known yet is skipped without a word", async () => {
  const { journal, reports } = await withRecord(2, Buffer.from("a verdict of a later version"));
  await journal.append(toSampleRequest(3));
  expect(await collectIds(journal.read())).toEqual(["1", "3"]);
  expect(reports).toEqual([]);
  await journal.close();
});

const toPayload = (text: string, length = Buffer.byteLength(text)) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(length);
  return Buffer.concat([bytes, Buffer.from(text)]);
};
const fields = { id: "1", receivedAt: "", flowId: "", method: "", url: "" };

test.each([
  ["empty", Buffer.alloc(0)],
  ["shorter than its length", Buffer.from([1, 0])],
  ["claiming more than it has", toPayload("{}", 3)],
  ["claiming more than memory", toPayload("{}", 0xffffffff)],
  ["not JSON", toPayload("{")],
  ["null", toPayload("null")],
  ["without headers", toPayload(JSON.stringify(fields))],
  ["with a number for an id", toPayload(JSON.stringify({ ...fields, id: 1, headers: [] }))],
  ["with a header of three", toPayload(JSON.stringify({ ...fields, headers: [["a", "b", "c"]] }))],
  ["with a header value of null", toPayload(JSON.stringify({ ...fields, headers: [["a", null]] }))],
])("a payload that is %s is reported and skipped", async (_, payload) => {
  const { journal, reports } = await withRecord(1, payload);
  await journal.append(toSampleRequest(3));
  expect(await collectIds(journal.read())).toEqual(["1", "3"]);
  expect(reports).toMatchObject([{ kind: "damage-skipped", bytes: 24 + payload.length }]);
  await journal.close();
});

test("a segment whose header is damaged is read by its records' marker and not written again", async () => {
  const { directory, path, bytes } = await writeSegment([1, 2]);
  writeFileSync(path, Buffer.concat([Buffer.alloc(24), bytes.subarray(24)]));
  const { journal, reports } = await openWithReports(directory);
  await journal.append(toSampleRequest(3));
  expect(await collectIds(journal.read())).toEqual(["1", "2", "3"]);
  expect(listSegmentNames(directory)).toHaveLength(2);
  expect(reports).toEqual([]);
  await journal.close();
});

test("an older segment with a torn tail loses nothing but that tail", async () => {
  const { directory, path, ends } = await writeSegment([1, 2]);
  copyFileSync(path, join(directory, "000000000002.journal"));
  truncateSync(path, (ends[1] ?? 0) - 1);
  const { journal, reports } = await openWithReports(directory);
  expect(await collectIds(journal.read())).toEqual(["1", "1", "2"]);
  expect(reports).toMatchObject([{ kind: "damage-skipped", file: path, offset: ends[0] }]);
  await journal.close();
});
