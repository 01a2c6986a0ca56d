import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync, readSync } from "node:fs";
import { join } from "node:path";
import type { Chance } from "../../support/queue/chance";
import { toMoment } from "../../support/queue/history/moment";
import type { ConsumerOrder } from "./consumer-program";
import type { Plan } from "./plan";
import { type Evidence, type Line, toEvidence } from "./record";

interface Member {
  readonly name: string;
  readonly child: ChildProcess;
  readonly log: string;
  readonly lines: Line[];
  offset: number;
  /** A line whose end was not written yet. */
  rest: string;
  /** When it was certainly dead. */
  endedAt: number;
  wasKilled: boolean;
}

export interface Fleet {
  /** Reads what was written since, and returns how many messages somebody began to acknowledge. */
  readonly look: () => number;
  readonly killOne: (chance: Chance) => void;
  readonly stop: () => Promise<void>;
  readonly evidence: () => Evidence;
  readonly killed: () => ReadonlySet<string>;
}

const PIECE_BYTES = 1_048_576;

/** Reads the whole lines that were added to a log. */
const readOn = (member: Member): void => {
  if (!existsSync(member.log)) return;
  const file = openSync(member.log, "r");
  try {
    const buffer = Buffer.alloc(PIECE_BYTES);
    for (;;) {
      const bytes = readSync(file, buffer, 0, PIECE_BYTES, member.offset);
      if (bytes === 0) return;
      member.offset += bytes;
      const lines = (member.rest + buffer.toString("utf8", 0, bytes)).split("\n");
      member.rest = lines.pop() ?? "";
      for (const line of lines) member.lines.push(JSON.parse(line) as Line);
    }
  } finally {
    closeSync(file);
  }
};

/** So many consumer processes, each replaced when it ends before it should. */
export const startFleet = (
  plan: Plan,
  folder: string,
  { fields, queue }: Pick<ConsumerOrder, "fields" | "queue">,
): Fleet => {
  const members: Member[] = [];
  const acknowledged = new Set<string>();
  let isStopping = false;

  const start = (): void => {
    const name = `consumer ${members.length + 1}`;
    const log = join(folder, `${name}.jsonl`);
    const seed = plan.seed + 1000 + members.length;
    const order: ConsumerOrder = { name, plan, fields, queue, seed, log };
    const program = join(__dirname, "consumer-program.js");
    const child = spawn(process.execPath, [program, JSON.stringify(order)], {
      stdio: ["pipe", "inherit", "inherit"],
    });
    child.stdin?.on("error", () => undefined);
    const member: Member = {
      name,
      child,
      log,
      lines: [],
      offset: 0,
      rest: "",
      endedAt: 0,
      wasKilled: false,
    };
    members.push(member);
    child.on("exit", () => {
      member.endedAt = toMoment();
      if (!isStopping) start();
    });
  };
  const isAlive = ({ child }: Member): boolean =>
    child.exitCode === null && child.signalCode === null;
  const look = (): number => {
    for (const member of members) {
      const known = member.lines.length;
      readOn(member);
      for (const line of member.lines.slice(known))
        if (line.kind === "intent" && line.how === "acknowledge") acknowledged.add(line.message);
    }
    return acknowledged.size;
  };

  for (let count = 0; count < plan.consumers; count += 1) start();
  return {
    look,
    killOne: (chance) => {
      const alive = members.filter((member) => isAlive(member) && !member.wasKilled);
      const victim = alive[Math.floor(chance() * alive.length)];
      if (!victim) return;
      victim.wasKilled = victim.child.kill("SIGKILL");
    },
    stop: async () => {
      isStopping = true;
      const alive = members.filter(isAlive);
      const ends = alive.map(({ child }) => once(child, "exit"));
      for (const { child } of alive) child.stdin?.end();
      const impatience = setTimeout(() => {
        for (const { child } of alive) child.kill("SIGKILL");
      }, plan.leaseSeconds * 4000);
      await Promise.all(ends);
      clearTimeout(impatience);
      look();
    },
    evidence: () => {
      const all = members.map(({ lines, endedAt }) => toEvidence(lines, endedAt));
      return {
        events: all.flatMap(({ events }) => events),
        failures: all.flatMap(({ failures }) => failures),
      };
    },
    killed: () => new Set(members.filter(({ wasKilled }) => wasKilled).map(({ name }) => name)),
  };
};
