import { connect } from "node:net";
import { percentile } from "../measure/figures.js";

/**
 * A closed loop over keep-alive connections, in a process of its own so that it can have a core of its own.
 * Arguments: the settings as JSON. Prints what came of it as JSON.
 */
const { port, path, headers, body, connections, milliseconds, firstId } = JSON.parse(
  process.argv[2],
);

const head = `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${Object.entries(headers)
  .map(([name, value]) => `${name}: ${value}\r\n`)
  .join("")}Content-Length: ${Buffer.byteLength(body)}\r\nX-GitHub-Delivery: `;
const toId = (number) => `bench-${String(number).padStart(9, "0")}`;

const end = performance.now() + milliseconds;
const latencies = [];
const statuses = {};
let next = firstId;

/** Where the first answer in the text ends, or nothing while it is incomplete. Bodies are short and hold no `0\r\n\r\n`. */
const answerLength = (text) => {
  const headEnd = text.indexOf("\r\n\r\n");
  if (headEnd < 0) return undefined;
  const length = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, headEnd + 2))?.[1];
  const lastChunk = text.indexOf("0\r\n\r\n", headEnd + 4);
  if (length === undefined) return lastChunk < 0 ? undefined : lastChunk + 5;
  const whole = headEnd + 4 + Number(length);
  return text.length >= whole ? whole : undefined;
};

const drive = () =>
  new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1").setNoDelay();
    let received = "";
    let sentAt = 0;
    const send = () => {
      if (performance.now() >= end) return socket.end(resolve);
      sentAt = performance.now();
      return socket.write(`${head}${toId(next++)}\r\n\r\n${body}`);
    };
    socket.setEncoding("latin1").on("connect", send).on("error", reject);
    socket.on("close", () => reject(new Error("The connection was closed.")));
    socket.on("data", (text) => {
      received += text;
      const length = answerLength(received);
      if (length === undefined) return;
      latencies.push(performance.now() - sentAt);
      const status = received.slice(9, 12);
      statuses[status] = (statuses[status] ?? 0) + 1;
      received = received.slice(length);
      send();
    });
  });

const start = performance.now();
await Promise.all(Array.from({ length: connections }, drive));
const seconds = (performance.now() - start) / 1000;
latencies.sort((a, b) => a - b);
console.log(
  JSON.stringify({
    count: latencies.length,
    seconds,
    statuses,
    firstId,
    nextId: next,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
  }),
);
