import { request } from "node:http";
import { connect } from "node:net";

export interface Reply {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly rawHeaders: string[];
  readonly text: string;
}

export interface Sent {
  readonly method?: string;
  /** Raw, as name, value, name, value, so that casing and repetition survive. */
  readonly headers?: readonly string[];
  readonly body?: string | Buffer;
}

/** Sends exactly the given headers, apart from Host, Connection and the body's length. */
export const send = (
  url: string,
  { method = "POST", headers = [], body = "" }: Sent = {},
): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const bytes = Buffer.from(body);
    const { host } = new URL(url);
    const length = ["Content-Length", String(bytes.length)];
    const outgoing = request(url, {
      method,
      agent: false,
      headers: [...(hasHost(headers) ? [] : ["Host", host]), ...headers, ...length] as never,
    });
    outgoing.on("error", reject);
    outgoing.on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          rawHeaders: response.rawHeaders,
          text: Buffer.concat(chunks).toString("utf8"),
        }),
      );
    });
    outgoing.end(bytes);
  });

const hasHost = (headers: readonly string[]): boolean =>
  headers.some((text, index) => index % 2 === 0 && text.toLowerCase() === "host");

export const sendJson = (url: string, value: unknown): Promise<Reply> =>
  send(url, { headers: ["Content-Type", "application/json"], body: JSON.stringify(value) });

/** Writes bytes to a socket and collects what comes back until the server closes it. */
export const sendRaw = (
  url: string,
  write: (socket: ReturnType<typeof connect>) => void,
): Promise<string> =>
  new Promise((resolve, reject) => {
    const { port, hostname } = new URL(url);
    const socket = connect(Number(port), hostname, () => write(socket));
    let received = "";
    socket.setEncoding("latin1");
    socket.on("data", (text: string) => {
      received += text;
    });
    socket.on("error", (error) => (received === "" ? reject(error) : resolve(received)));
    socket.on("close", () => resolve(received));
  });
