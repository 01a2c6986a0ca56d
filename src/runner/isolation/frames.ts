const HEADER_BYTES = 8;
/** Nothing that the runner or a component says comes near this; a larger length means that foreign bytes got into the channel. */
const LARGEST_PART_BYTES = 512 * 1024 * 1024;

/** Copying this much into one buffer costs less than handing the parts to the system one by one. */
const LARGEST_COPY_BYTES = 256 * 1024;

/**
 * A frame is two lengths (JSON, attachment), the JSON text and the attached bytes.
 *
 * @returns the frame in one piece, or followed by large attachments as they are.
 */
export const toFrame = (message: object, attachments: readonly Buffer[] = []): Buffer[] => {
  const text = JSON.stringify(message);
  const textBytes = Buffer.byteLength(text);
  const attachedBytes = attachments.reduce((sum, { length }) => sum + length, 0);
  const isCopied = attachedBytes <= LARGEST_COPY_BYTES;
  const frame = Buffer.allocUnsafe(HEADER_BYTES + textBytes + (isCopied ? attachedBytes : 0));
  frame.writeUInt32LE(textBytes, 0);
  frame.writeUInt32LE(attachedBytes, 4);
  let offset = HEADER_BYTES + frame.write(text, HEADER_BYTES);
  if (!isCopied) return [frame, ...attachments];
  for (const attachment of attachments) offset += attachment.copy(frame, offset);
  return [frame];
};

const toWhole = (chunks: readonly Buffer[]): Buffer =>
  chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);

/**
 * Cuts a byte stream into frames.
 *
 * @throws RangeError or SyntaxError from the returned function when the stream is not made of frames.
 */
export const createFrameReader = <Message>(
  onFrame: (message: Message, attachment: Buffer) => void,
): ((chunk: Buffer) => void) => {
  let chunks: Buffer[] = [];
  let held = 0;
  let wanted = HEADER_BYTES;

  const cut = (bytes: Buffer): Buffer => {
    const textEnd = HEADER_BYTES + bytes.readUInt32LE(0);
    const end = textEnd + bytes.readUInt32LE(4);
    if (end > LARGEST_PART_BYTES) throw new RangeError("The channel carries something else.");
    if (bytes.length < end) {
      wanted = end;
      return bytes;
    }
    const message: Message = JSON.parse(bytes.toString("utf8", HEADER_BYTES, textEnd));
    onFrame(message, bytes.subarray(textEnd, end));
    wanted = HEADER_BYTES;
    return bytes.subarray(end);
  };

  return (chunk) => {
    chunks.push(chunk);
    held += chunk.length;
    while (held >= wanted) {
      const rest = cut(toWhole(chunks));
      chunks = [rest];
      held = rest.length;
    }
  };
};
