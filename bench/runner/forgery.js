import { request } from "node:http";
import { printTable } from "../measure/table.js";
import { startRunner } from "./contenders.js";
import { applyLoad, genuine } from "./load.js";
import { residentMegabytes, stopServer } from "./processes.js";

const FORGED_BYTES = 200 * 1024 * 1024;
const PIECE = Buffer.alloc(64 * 1024, 0x61);
const SAMPLE_MILLISECONDS = 10;

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

/** What a forged body of 200 MB adds to a runner that has already worked for a while. */
export const measureForgery = async (folder) => {
  const server = await startRunner(folder, true);
  await applyLoad(server, { connections: 4, milliseconds: 2000, firstId: 0 });
  const declared = await peakDuring(server, () =>
    sendForgery(server, { "Content-Length": FORGED_BYTES }),
  );
  const chunked = await peakDuring(server, () =>
    sendForgery(server, { "Transfer-Encoding": "chunked" }),
  );
  await stopServer(server.child);
  printTable(
    "A forged body of 200 MB",
    ["", "answer", "more MB resident at most"],
    [
      ["with its length told", declared.status, declared.more.toFixed(1)],
      ["in chunks", chunked.status, chunked.more.toFixed(1)],
    ],
  );
  return { declared: declared.more, chunked: chunked.more };
};
