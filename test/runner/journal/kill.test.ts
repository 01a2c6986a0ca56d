import { spawn } from "node:child_process";
import { once } from "node:events";
import type { CapturedRequest } from "../../../src/runner/journal/captured-request";
import { openJournal } from "../../../src/runner/journal/journal";
import { compileTestProgram } from "../support/compiled-program";
import {
  createDirectory,
  removeDirectories,
  toBurstBodyBytes,
  toSampleRequest,
} from "./sample-requests";

const ROUNDS = 10;
/** How much one write takes at most: in small pieces, most kills tear a record. */
const PIECES = [Number.MAX_SAFE_INTEGER, 2000];

afterAll(removeDirectories);

/** Runs a burst and kills it after so many lines of output. Returns all lines that it got out. */
const burstUntilKilled = async (parameters: readonly unknown[], lineLimit: number) => {
  const program = [compileTestProgram("burst-program"), ...parameters.map(String)];
  const child = spawn(process.execPath, program, { stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  let isDoomed = false;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
    if (isDoomed || output.split("\n").length <= lineLimit) return;
    isDoomed = true;
    setTimeout(() => child.kill("SIGKILL"), Math.random() * 10);
  });
  const [, signal] = await once(child, "close");
  expect(signal).toBe("SIGKILL");
  return output.slice(0, output.lastIndexOf("\n")).split("\n").slice(1);
};

const toText = ({ body: _, ...request }: CapturedRequest) => JSON.stringify(request);

const killRepeatedly = async (directory: string, pieceBytes: number) => {
  const acknowledged: number[] = [];
  const reports: string[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const lineLimit = round === 0 ? 1 : 1 + Math.floor(Math.random() * 100);
    const lines = await burstUntilKilled([directory, round * 100_000, pieceBytes], lineLimit);
    acknowledged.push(...lines.filter((line) => /^\d+$/.test(line)).map(Number));
    reports.push(...lines.filter((line) => !/^\d+$/.test(line)));
  }
  return { acknowledged, reports };
};

const isExact = (request: CapturedRequest) => {
  const expected = toSampleRequest(Number(request.id), toBurstBodyBytes(Number(request.id)));
  return expected.body.equals(request.body) && toText(expected) === toText(request);
};

const check = async (pieceBytes: number) => {
  const directory = createDirectory();
  const { acknowledged, reports } = await killRepeatedly(directory, pieceBytes);
  const onReport = ({ kind }: { kind: string }) => reports.push(kind);
  const journal = await openJournal({ directory, onReport });
  const found: number[] = [];
  for await (const request of journal.read()) {
    found.push(Number(request.id));
    if (!isExact(request)) throw new Error(`request ${request.id} is not what was sent`);
  }
  await journal.close();
  const known = new Set(found);
  expect(found).toEqual([...known].sort((one, other) => one - other));
  expect(acknowledged.length).toBeGreaterThan(ROUNDS);
  expect(acknowledged.filter((number) => !known.has(number))).toEqual([]);
  expect(reports.filter((kind) => kind !== "tail-cut-off")).toEqual([]);
};

test(`a runner killed in mid-burst, ${ROUNDS * PIECES.length} times, loses nothing that it acknowledged`, async () => {
  await Promise.all(PIECES.map(check));
}, 30_000);
