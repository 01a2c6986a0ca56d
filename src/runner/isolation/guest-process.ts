import { type ChildProcess, spawn } from "node:child_process";
import type { Duplex, Readable } from "node:stream";
import { createFrameReader, toFrame } from "./frames";
import { GUEST_ARGUMENT } from "./guest-argument";
import type { FromGuest, ToGuest } from "./messages";
import { forwardLines } from "./output-lines";
import { watchEnd } from "./watch-end";

export interface GuestProcessOptions {
  /** The built program, which is its own guest. */
  readonly program: string;
  /** Where the platform would run the bundle: its own folder. */
  readonly directory: string;
  readonly heapMegabytes: number;
  readonly onMessage: (message: FromGuest) => void;
  /** A line that the component wrote past `console`. */
  readonly onLine: (text: string) => void;
  /** Called once, with the reason in words. */
  readonly onEnd: (reason: string) => void;
}

export interface GuestProcess {
  readonly pid: number | undefined;
  readonly send: (message: ToGuest, bodies?: readonly Buffer[]) => void;
  /** Ends the process whatever it is doing; `onEnd` follows with this reason. */
  readonly kill: (reason: string) => void;
}

const OUT_OF_MEMORY = /^FATAL ERROR|^Fatal JavaScript/;
/** What V8 prints on its way down; it tells a component's author nothing. */
const NATIVE_TRACE = /^$|^<---|^\[\d+:0x|^#|^----- Native|^ *\d+: 0x/;

const launch = ({ program, directory, heapMegabytes }: GuestProcessOptions): ChildProcess =>
  spawn(process.execPath, [`--max-old-space-size=${heapMegabytes}`, program, GUEST_ARGUMENT], {
    cwd: directory,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });

const createSender =
  (channel: Duplex): GuestProcess["send"] =>
  (message, bodies) => {
    for (const part of toFrame(message, bodies)) channel.write(part);
  };

/**
 * Starts a process that runs components.
 *
 * A process, not a worker thread: V8 ends the whole process when a large allocation fails in a
 * thread, whatever the thread's resource limits say.
 */
export const startGuestProcess = (options: GuestProcessOptions): GuestProcess => {
  const child = launch(options);
  const channel = child.stdio[3] as Duplex;
  let reason: string | undefined;
  const kill = (why: string): void => {
    reason ??= why;
    child.kill("SIGKILL");
  };
  const read = createFrameReader<FromGuest>((message) => {
    reason ??= message.stopping;
    options.onMessage(message);
  });
  channel.on("data", (chunk: Buffer) => {
    try {
      read(chunk);
    } catch {
      kill("it wrote into the runner's channel");
    }
  });
  channel.on("error", () => undefined);
  forwardLines(child.stdout as Readable, options.onLine);
  forwardLines(child.stderr as Readable, (line) => {
    if (OUT_OF_MEMORY.test(line)) reason ??= "it ran out of memory";
    else if (!NATIVE_TRACE.test(line)) options.onLine(line);
  });
  watchEnd(child, (why) => options.onEnd(reason ?? why));
  return { pid: child.pid, kill, send: createSender(channel) };
};
