import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { openJournal } from "../../../src/runner/journal/journal";
import { type OpenFile, openFromDisk } from "../../../src/runner/journal/journal-file";
import {
  collect,
  createDirectory,
  listSegmentNames,
  removeDirectories,
  toSampleRequest,
} from "./sample-requests";

afterAll(removeDirectories);

const SECTOR_BYTES = 512;
const flip = () => Math.random() < 0.5;

/** What a disk may hold that was promised `durable` and given `latest`: any mixture of their sectors. */
const toMixture = (durable: Buffer, latest: Buffer) => {
  const mixture = Buffer.alloc(flip() ? latest.length : Math.max(durable.length, 1));
  for (let start = 0; start < mixture.length; start += SECTOR_BYTES) {
    const source = flip() ? durable : latest;
    mixture.set(
      source.subarray(start, start + SECTOR_BYTES).subarray(0, mixture.length - start),
      start,
    );
  }
  return mixture;
};

/** A disk that loses what was not synced. `loseEachTime` is called before and after everything that reaches it. */
const createForgetfulDisk = (directory: string, loseEachTime: () => void) => {
  const contents = new Map<string, Buffer>();
  const names = new Set<string>();
  const openFile: OpenFile = async (path, flags, mode) => {
    const file = await openFromDisk(path, flags, mode);
    const write = file.write.bind(file);
    file.write = async (...parameters) => {
      const written = await write(...parameters);
      loseEachTime();
      return written;
    };
    file.datasync = async () => {
      const synced = readFileSync(path);
      loseEachTime();
      contents.set(basename(path), synced);
      loseEachTime();
    };
    file.sync = async () => {
      for (const name of listSegmentNames(directory)) names.add(name);
    };
    return file;
  };
  const toImage = () => {
    const kept = listSegmentNames(directory).filter((name) => names.has(name) || flip());
    return kept.map((name) => {
      const durable = contents.get(name) ?? Buffer.alloc(0);
      return { name, content: toMixture(durable, readFileSync(join(directory, name))) };
    });
  };
  return { openFile, toImage };
};

test("whatever a power failure leaves of unsynced writes, everything acknowledged is whole", async () => {
  const directory = createDirectory();
  const acknowledged: number[] = [];
  const images: { acknowledged: number[]; files: { name: string; content: Buffer }[] }[] = [];
  let chances = 0;
  const disk = createForgetfulDisk(directory, () => {
    // A batch has three chances, so every fourth comes round to each of them.
    if (++chances % 4 === 0)
      images.push({ acknowledged: [...acknowledged], files: disk.toImage() });
  });
  const journal = await openJournal({ directory, segmentBytes: 8000, openFile: disk.openFile });
  let next = 0;
  const writeSome = async () => {
    for (let count = 0; count < 15; count++) {
      const number = next++;
      await journal.append(toSampleRequest(number, (number % 5) * 300));
      acknowledged.push(number);
    }
  };
  await Promise.all(Array.from({ length: 6 }, writeSome));
  await journal.close();
  expect(images.length).toBeGreaterThan(10);
  for (const image of images) {
    const remains = createDirectory();
    for (const { name, content } of image.files) writeFileSync(join(remains, name), content);
    const reopened = await openJournal({ directory: remains });
    await reopened.append(toSampleRequest(1000));
    const found = await collect(reopened.read());
    await reopened.close();
    const numbers = found.map(({ id }) => Number(id));
    expect(image.acknowledged.filter((number) => !numbers.includes(number))).toEqual([]);
    expect(numbers.at(-1)).toBe(1000);
    expect(found.slice(0, -1)).toEqual(
      numbers.slice(0, -1).map((n) => toSampleRequest(n, (n % 5) * 300)),
    );
    expect(readdirSync(remains).filter((name) => name.startsWith("lock"))).toEqual([]);
  }
});
