import { openJournal } from "../../../src/runner/journal/journal";

const [, , directory = ""] = process.argv;

/** Opens the journal, says how that went, and keeps it until it is killed. */
const run = async () => {
  const outcome = await openJournal({ directory }).then(
    () => "open",
    (error) => error.code,
  );
  process.stdout.write(outcome);
  process.stdin.resume();
};

void run();
