import { writeSync } from "node:fs";
import { Socket } from "node:net";
import { createFrameReader, toFrame } from "../isolation/frames";
import type { FromGuest, ToGuest } from "../isolation/messages";

/** The pipe to the runner that `guest-process.ts` opens beside the standard ones. */
const CHANNEL = 3;

export interface GuestChannel {
  readonly send: (message: FromGuest) => void;
  /** For the last words before the process ends, when nothing asynchronous happens any more. */
  readonly sendNow: (message: FromGuest) => void;
}

/** Ends the process when the runner is gone, however it went. */
export const openChannel = (
  onMessage: (message: ToGuest, bodies: Buffer) => void,
): GuestChannel => {
  const socket = new Socket({ fd: CHANNEL, readable: true, writable: true });
  socket.on("data", createFrameReader(onMessage));
  socket.on("end", () => process.exit(0));
  socket.on("error", () => process.exit(0));
  return {
    send: (message) => {
      for (const part of toFrame(message)) socket.write(part);
    },
    sendNow: (message) => {
      if (socket.writableLength > 0) return;
      try {
        for (const part of toFrame(message)) writeSync(CHANNEL, part);
      } catch {
        // The runner sees the exit itself; only the reason in words is lost.
      }
    },
  };
};
