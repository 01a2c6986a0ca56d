import type { IncomingMessage, ServerResponse } from "node:http";
import { isLoopbackUrl } from "../http/public-url";
import type { StandInAnswer, StandInRequest } from "./stand-in";

const LARGEST_BODY_BYTES = 10 * 1024 * 1024;

export const refuse = (status: number, error: string): StandInAnswer => ({
  status,
  body: { error },
});

const namesThisMachine = (host: string): boolean =>
  URL.canParse(`http://${host}`) && isLoopbackUrl(new URL(`http://${host}`));

/** A web page may neither point its own domain at this server nor call it from another origin. */
export const findObjection = ({ headers }: IncomingMessage): StandInAnswer | undefined => {
  if (!namesThisMachine(headers.host ?? ""))
    return refuse(403, "A stand-in answers only to localhost.");
  if (headers.origin !== undefined) return refuse(403, "A stand-in takes no calls of web pages.");
  return undefined;
};

const readBody = async (request: IncomingMessage): Promise<string | undefined> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > LARGEST_BODY_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
};

const parseBody = (text: string, contentType = ""): unknown =>
  /\bjson\b/i.test(contentType) && text !== "" ? JSON.parse(text) : text;

/** The request as an app sees it, or the answer to one that cannot be read. */
export const readRequest = async (
  request: IncomingMessage,
): Promise<StandInRequest | StandInAnswer> => {
  const text = await readBody(request);
  if (text === undefined) return refuse(413, "The body is larger than 10 MB.");
  const [path = "", query = ""] = (request.url ?? "").split(/\?(.*)/s);
  const headers = Object.entries(request.headers).map(([name, value]): [string, string] => [
    name,
    String(value),
  ]);
  try {
    return {
      method: request.method ?? "GET",
      path,
      query: new URLSearchParams(query),
      headers: new Map(headers),
      body: parseBody(text, request.headers["content-type"]),
    };
  } catch {
    return refuse(400, "The body is not JSON.");
  }
};

export const send = (response: ServerResponse, { status, headers, body }: StandInAnswer): void => {
  const isText = typeof body === "string" || body === undefined;
  const type = isText ? "text/plain; charset=utf-8" : "application/json; charset=utf-8";
  response.writeHead(status, { "content-type": type, ...headers });
  response.end(isText ? body : JSON.stringify(body));
};
