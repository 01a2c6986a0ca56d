/** Cuts what a client sends into messages, however it arrives. */
export interface MessageReader {
  readonly push: (chunk: Buffer) => void;
  /**
   * The next whole message, if it has arrived.
   *
   * @param lengthAt Where its length stands: 0 in the first message, which has no type, and 1 in every other.
   * @throws RangeError for a length that cannot be.
   */
  readonly take: (lengthAt: 0 | 1, largestBytes: number) => Buffer | undefined;
}

const LENGTH_BYTES = 4;
const NOTHING = Buffer.alloc(0);

export const createMessageReader = (): MessageReader => {
  let chunks: Buffer[] = [];
  let held = 0;
  let wanted = 0;

  const join = (): Buffer => {
    const whole = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
    chunks = [whole];
    return whole;
  };
  return {
    push: (chunk) => {
      chunks.push(chunk);
      held += chunk.length;
    },
    take: (lengthAt, largestBytes) => {
      if (held < Math.max(wanted, lengthAt + LENGTH_BYTES)) return undefined;
      const bytes = join();
      const length = bytes.readUInt32BE(lengthAt);
      if (length < LENGTH_BYTES || length > largestBytes)
        throw new RangeError(`A message of ${length} bytes cannot be.`);
      wanted = lengthAt + length;
      if (held < wanted) return undefined;
      const message = bytes.subarray(0, wanted);
      const rest = bytes.subarray(wanted);
      chunks = rest.length > 0 ? [rest] : [NOTHING];
      held = rest.length;
      wanted = 0;
      return message;
    },
  };
};
