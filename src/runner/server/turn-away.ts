import type { IncomingMessage, ServerResponse } from "node:http";
import type { Answer } from "../isolation/messages";

/** How long a client may go on sending after it was refused; enough for it to notice the answer. */
const LINGER_MILLISECONDS = 5_000;

/**
 * Answers a request whose body is not wanted. The rest of it is read and thrown away for a while:
 * closing at once would reset the connection, and the client would never see why.
 */
export const turnAway = (
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: Answer,
): void => {
  if (response.destroyed) return;
  const length = String(Buffer.byteLength(body));
  response.writeHead(status, [...headers, "content-length", length, "connection", "close"]);
  response.write(body);
  const finish = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(() => {
    finish();
    request.destroy();
  }, LINGER_MILLISECONDS);
  timer.unref();
  request.on("end", finish);
  request.on("close", finish);
  request.resume();
  if (request.complete) finish();
};
