import { openJournal } from "../../../src/runner/journal/journal";
import { toSampleRequest } from "./sample-requests";

const [, , directory = ""] = process.argv;

/** Appends a hundred requests one by one, whatever becomes of each, and prints a line for each outcome. */
const run = async () => {
  const journal = await openJournal({ directory });
  for (let number = 0; number < 100; number++) {
    const outcome = await journal.append(toSampleRequest(number, 2000)).then(
      () => ({ number, isStored: true }),
      ({ code, retryable, message }) => ({ number, isStored: false, code, retryable, message }),
    );
    process.stdout.write(`${JSON.stringify(outcome)}\n`);
  }
  await journal.close();
};

void run();
