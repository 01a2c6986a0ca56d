import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface EndpointRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
  /** Milliseconds of a clock that only goes forward. */
  readonly at: number;
}

/** How the endpoint answers its next requests; nothing for no answer at all. */
type EndpointAnswer =
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  | undefined;

const read = async (incoming: IncomingMessage): Promise<EndpointRequest> => {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return {
    method: incoming.method ?? "",
    url: incoming.url ?? "",
    headers: incoming.headers,
    body: Buffer.concat(chunks).toString("utf8"),
    at: performance.now(),
  };
};

/** A real endpoint on this machine that keeps what it is sent. */
export const openEndpoint = async () => {
  const requests: EndpointRequest[] = [];
  let choose: (
    request: EndpointRequest,
    index: number,
  ) => EndpointAnswer | Promise<EndpointAnswer> = () => ({ status: 200 });
  const server = createServer((incoming, response) => {
    void read(incoming).then(async (request) => {
      requests.push(request);
      const given = await choose(request, requests.length - 1);
      if (given) response.writeHead(given.status, given.headers).end(given.body);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/trigger/U3RhbmRJbg==`,
    requests,
    /** Decides from now on; `index` counts all requests from 0. */
    answer: (next: typeof choose) => {
      choose = next;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

export type Endpoint = Awaited<ReturnType<typeof openEndpoint>>;
