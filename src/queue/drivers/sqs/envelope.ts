import { HooklineError } from "../../../errors";
import { isAllowedText, readAllowedText, toAllowedText } from "./allowed-text";
import { LARGEST_MESSAGE_BYTES } from "./traits";

/** What a message keeps when it is sent again, into the queue of dead letters and back. */
export interface Origin {
  /** The id that SQS gave it first. */
  readonly id: string;
  /** Milliseconds, by the service's clock. */
  readonly enqueuedAt: number;
  /** Grows with each message of a group. */
  readonly sequence: string;
  readonly group: string;
}

interface Aside {
  readonly reason: string;
  readonly attempt: number;
}

/** What we keep in a message's body. */
export interface Envelope {
  readonly orderingKey: string;
  readonly dedupeKey: string;
  readonly body: string;
  readonly origin?: Origin;
  /** Of a dead letter. */
  readonly aside?: Aside;
}

const BEGIN = '{"hookline":1,';

/**
 * A line of JSON, and the body behind it as it is, because a body inside JSON could be twice as long.
 *
 * @throws HooklineError INPUT_INVALID for a body that SQS takes only escaped, and that is too long then.
 */
export const writeEnvelope = ({ body, ...header }: Envelope): string => {
  const isPlain = isAllowedText(body);
  const line = JSON.stringify({ hookline: 1, isEscaped: isPlain ? undefined : true, ...header });
  const safeLine = line.replaceAll("\ufffe", "\\ufffe").replaceAll("\uffff", "\\uffff");
  const text = `${safeLine}\n${isPlain ? body : toAllowedText(body)}`;
  if (Buffer.byteLength(text) <= LARGEST_MESSAGE_BYTES) return text;
  throw new HooklineError(
    "INPUT_INVALID",
    "Body: it is too long for Amazon SQS, with the keys and the escapes that control characters need. Keep the data elsewhere, and enqueue where it is.",
  );
};

type Header = Omit<Envelope, "body"> & { readonly isEscaped?: true };

const isOrigin = (value: Origin | undefined): boolean =>
  value === undefined ||
  ([value.id, value.sequence, value.group].every((part) => typeof part === "string") &&
    Number.isSafeInteger(value.enqueuedAt));

const isAside = (value: Aside | undefined): boolean =>
  value === undefined || (typeof value.reason === "string" && Number.isInteger(value.attempt));

/** Whoever may write into the queue can write this, and one bad message must not stop the others. */
const isHeader = ({ orderingKey, dedupeKey, origin, aside }: Header): boolean =>
  typeof orderingKey === "string" &&
  typeof dedupeKey === "string" &&
  isOrigin(origin) &&
  isAside(aside);

const readHeader = (line: string): Header | undefined => {
  try {
    const header = JSON.parse(line) as Header;
    return isHeader(header) ? header : undefined;
  } catch {
    return undefined;
  }
};

/** A message that another program put into the queue has no envelope: its own keys serve, and all of it is the body. */
export const readEnvelope = (
  text: string,
  own: Pick<Envelope, "orderingKey" | "dedupeKey">,
): Envelope => {
  const end = text.indexOf("\n");
  const header = text.startsWith(BEGIN) && end > 0 ? readHeader(text.slice(0, end)) : undefined;
  if (!header) return { ...own, body: text };
  const { orderingKey, dedupeKey, origin, aside, isEscaped } = header;
  const rest = text.slice(end + 1);
  return {
    orderingKey,
    dedupeKey,
    body: isEscaped ? readAllowedText(rest) : rest,
    ...(origin && { origin }),
    ...(aside && { aside }),
  };
};
