import type { ServerResponse } from "node:http";
import type { Answer } from "../isolation/messages";

const LAST_ON_CONNECTION = ["connection", "close"];

/** Writes an answer with its exact body and nothing that the trigger did not ask for. */
export const respond = (
  response: ServerResponse,
  { status, headers, body }: Answer,
  isLast: boolean,
): void => {
  if (response.destroyed) return;
  const carriesBody = status !== 204 && status !== 304;
  const length = carriesBody ? ["content-length", String(Buffer.byteLength(body))] : [];
  const connection = isLast ? LAST_ON_CONNECTION : [];
  response.writeHead(status, [...headers, ...length, ...connection]);
  response.end(carriesBody ? body : undefined);
};

/** An answer of the runner itself, in the platform's error shape. */
export const toRefusal = (
  status: number,
  message: string,
  headers: readonly string[] = [],
): Answer => ({
  status,
  headers: ["content-type", "application/json", ...headers],
  body: JSON.stringify({ error: message }),
});
