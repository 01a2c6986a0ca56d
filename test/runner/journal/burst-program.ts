import { openJournal } from "../../../src/runner/journal/journal";
import { type OpenFile, openFromDisk } from "../../../src/runner/journal/journal-file";
import { toBurstBodyBytes, toSampleRequest } from "./sample-requests";

const WRITERS = 32;
const [, , directory = "", first = "0", pieceBytes = ""] = process.argv;

const openFile: OpenFile = async (path, flags, mode) => {
  const file = await openFromDisk(path, flags, mode);
  const write = file.write.bind(file);
  file.write = (buffer, offset, length, position) =>
    write(buffer, offset, Math.min(length, Number(pieceBytes)), position);
  return file;
};

/** Appends as fast as it can until killed, and prints the number of each request once it was acknowledged. */
const run = async () => {
  process.stdout.write("opening\n");
  const journal = await openJournal({
    directory,
    openFile,
    segmentBytes: 200_000,
    onReport: ({ kind }) => process.stdout.write(`${kind}\n`),
  });
  let next = Number(first);
  const writeOn = async () => {
    for (;;) {
      const number = next++;
      await journal.append(toSampleRequest(number, toBurstBodyBytes(number)));
      process.stdout.write(`${number}\n`);
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, writeOn));
};

void run();
