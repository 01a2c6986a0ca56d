import type { Socket } from "node:net";
import type { LogLine } from "../isolation/messages";
import { startEngineProcess } from "./engine-process";

export interface EngineKeeperOptions {
  readonly program: string;
  readonly directory: string;
  readonly password: string;
  readonly log: (line: LogLine) => void;
}

/** Keeps an engine for as long as clients want one. */
export interface EngineKeeper {
  readonly take: (socket: Socket) => void;
  readonly close: () => Promise<void>;
}

/** One engine, from its start to its end. */
interface Engine {
  readonly take: (socket: Socket) => void;
  readonly stop: () => void;
  readonly whenEnded: Promise<void>;
}

/** Clients that try again and again do not start a broken engine more often than this. */
const PAUSE_MILLISECONDS = 1_000;
const NAME = "Embedded queue";

const toSeconds = (since: number): string => ((performance.now() - since) / 1000).toFixed(1);

const withoutStop = (text: string): string => text.replace(/\.$/, "");

/** What the log says about an engine that was not asked to end. */
const describeEnd = (wasReady: boolean, reason: string, directory: string): string =>
  wasReady
    ? `It ended: ${withoutStop(reason)}. Its clients were cut off; what was committed is kept, and the next connection starts it again.`
    : `It did not start: ${withoutStop(reason)}. The next connection tries again. If it keeps failing, stop the runner and move ${directory} away; the queue is empty then.`;

const startEngine = (
  { program, directory, password, log }: EngineKeeperOptions,
  onEnd: () => void,
): Engine => {
  const startedAt = performance.now();
  let isReady = false;
  let isStopping = false;
  const say = (level: LogLine["level"], text: string): void => log({ level, flow: NAME, text });
  const onReady = (): void => {
    isReady = true;
    say("info", `Ready after ${toSeconds(startedAt)} s.`);
  };
  const bury = (reason: string): void => {
    if (!isStopping) say("error", describeEnd(isReady, reason, directory));
    onEnd();
  };
  say("info", `Starting PostgreSQL in ${directory} …`);
  const engine = startEngineProcess({ program, directory, onReady });
  return {
    take: (socket) => engine.hand(socket, { password }),
    stop: () => {
      isStopping = true;
      engine.stop();
    },
    whenEnded: engine.whenEnded.then(bury),
  };
};

export const createEngineKeeper = (options: EngineKeeperOptions): EngineKeeper => {
  let engine: Engine | undefined;
  let isClosed = false;
  let endedAt = Number.NEGATIVE_INFINITY;

  const onEnd = (): void => {
    engine = undefined;
    endedAt = performance.now();
  };
  const mayStart = (): boolean => performance.now() >= endedAt + PAUSE_MILLISECONDS;
  return {
    take: (socket) => {
      socket.on("error", () => undefined);
      if (!isClosed && (engine || mayStart())) {
        engine ??= startEngine(options, onEnd);
        engine.take(socket);
      } else socket.destroy();
    },
    close: async () => {
      isClosed = true;
      engine?.stop();
      await engine?.whenEnded;
    },
  };
};
