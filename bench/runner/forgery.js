import { request } from "node:http";
import { median, spread } from "../measure/figures.js";
import { printTable } from "../measure/table.js";
import { startRunner } from "./contenders.js";
import { applyLoad, genuine } from "./load.js";
import { residentMegabytes, stopServer } from "./processes.js";

const FORGED_BYTES = 200 * 1024 * 1024;
const PIECE = Buffer.alloc(64 * 1024, 0x61);
const SAMPLE_MILLISECONDS = 10;
const ROUNDS = 5;

/** Sends until everything is sent or the server has had enough; gives the status. */
const sendForgery = ({ port, path }, lengthHeader) =>
  new Promise((resolve) => {
    const headers = { ...genuine.headers, ...lengthHeader };
    const outgoing = request({ host: "127.0.0.1", port, path, method: "POST", headers });
    let status = "closed";
    let sent = 0;
    const send = () => {
      while (sent < FORGED_BYTES && !outgoing.destroyed) {
        sent += PIECE.length;
        if (!outgoing.write(PIECE)) return outgoing.once("drain", send);
      }
      return outgoing.end();
    };
    outgoing.on("response", (response) => {
      status = response.statusCode;
      response.resume().on("end", () => outgoing.destroy());
    });
    outgoing.on("error", () => {}).on("close", () => resolve(status));
    send();
  });

const peakDuring = async ({ child }, action) => {
  const before = residentMegabytes(child);
  let peak = before;
  const timer = setInterval(() => {
    peak = Math.max(peak, residentMegabytes(child));
  }, SAMPLE_MILLISECONDS);
  const status = await action();
  clearInterval(timer);
  return { status, more: Math.max(peak, residentMegabytes(child)) - before };
};

const ways = {
  "with its length told": { "Content-Length": FORGED_BYTES },
  "in chunks": { "Transfer-Encoding": "chunked" },
};

/** What a forged body of 200 MB adds to a runner that has already worked for a while. */
export const measureForgery = async (folder) => {
  const server = await startRunner(folder, true);
  await applyLoad(server, { connections: 4, milliseconds: 2000, firstId: 0 });
  const results = new Map(Object.keys(ways).map((way) => [way, []]));
  for (let round = 0; round < ROUNDS; round++)
    for (const [way, header] of Object.entries(ways))
      results.get(way).push(await peakDuring(server, () => sendForgery(server, header)));
  await stopServer(server.child);
  const rows = [...results].map(([way, rounds]) => [
    way,
    [...new Set(rounds.map(({ status }) => status))].join(", "),
    spread(rounds.map(({ more }) => more)),
  ]);
  printTable("A forged body of 200 MB", ["", "answer", "more MB resident at most"], rows);
  const [declared, chunked] = [...results.values()].map((rounds) =>
    median(rounds.map(({ more }) => more)),
  );
  return { declared, chunked };
};
