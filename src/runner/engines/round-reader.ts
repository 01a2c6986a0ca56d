import type { MessageReader } from "./wire/message-reader";

/** Query, Sync, Flush, FunctionCall, CopyDone and CopyFail: behind these a client waits. */
const ENDS_ROUND = "QSHFcf";
const TERMINATE = "X";
/** More than any round of a queue; an engine of 32 bits could not hold much more. */
const LARGEST_BYTES = 256 * 1024 * 1024;

/** Gathers a client's messages into rounds. The function it makes says whether the client wants to stay. */
export const createRoundReader = (
  reader: MessageReader,
  run: (round: Buffer) => void,
): (() => boolean) => {
  let round: Buffer[] = [];

  const add = (message: Buffer, type: string): void => {
    round.push(message);
    if (!ENDS_ROUND.includes(type)) return;
    run(Buffer.concat(round));
    round = [];
  };
  return () => {
    let message = reader.take(1, LARGEST_BYTES);
    while (message) {
      const type = message.toString("latin1", 0, 1);
      if (type === TERMINATE) return false;
      add(message, type);
      message = reader.take(1, LARGEST_BYTES);
    }
    return true;
  };
};
