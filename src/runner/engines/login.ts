import { sameText } from "../../signatures/shared-token";
import type { MessageReader } from "./wire/message-reader";
import {
  ENCRYPTION_REQUEST,
  greeting,
  PROTOCOL_MAJOR,
  passwordRequest,
  SSL_REQUEST,
  toFatalError,
  unencrypted,
} from "./wire/messages";

/** One step towards being let in. */
export interface LoginStep {
  readonly answer: Buffer;
  readonly outcome: "goes on" | "is in" | "is out";
}

/** A stranger's first messages; PostgreSQL itself reads no more. */
const LARGEST_BYTES = 10_000;
const NOTHING = Buffer.alloc(0);

const goOn = (answer: Buffer): LoginStep => ({ answer, outcome: "goes on" });
const turnAway = (answer: Buffer): LoginStep => ({ answer, outcome: "is out" });

/**
 * Lets in who knows the password: any program of this machine could connect. It goes over the wire as it is, which is
 * the loopback.
 *
 * @returns what takes the next step, if what it needs has arrived.
 */
export const createLogin = (
  reader: MessageReader,
  password: string,
): (() => LoginStep | undefined) => {
  let isAsked = false;

  const startUp = (packet: Buffer): LoginStep => {
    const code = packet.readUInt32BE(4);
    if (code === SSL_REQUEST || code === ENCRYPTION_REQUEST) return goOn(unencrypted);
    if (code >>> 16 !== PROTOCOL_MAJOR) return turnAway(NOTHING);
    isAsked = true;
    return goOn(passwordRequest);
  };
  const check = (message: Buffer): LoginStep => {
    const given = message.toString("utf8", 5, message.length - 1);
    const isRight = message.toString("latin1", 0, 1) === "p" && sameText(given, password);
    return isRight
      ? { answer: greeting, outcome: "is in" }
      : turnAway(toFatalError("28P01", "The password of the embedded queue is another one."));
  };
  return () => {
    const message = reader.take(isAsked ? 1 : 0, LARGEST_BYTES);
    if (!message) return undefined;
    return isAsked ? check(message) : startUp(message);
  };
};
