import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { ApiRequest } from "../../src/http/api-request";
import type { ReceivedCall, ScriptedApi } from "./subscription-world";

export interface ApiServer {
  readonly url: string;
  readonly calls: readonly ReceivedCall[];
  readonly close: () => Promise<void>;
}

const readBody = async (request: AsyncIterable<Buffer>): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
};

const toBody = (text: string, type = ""): Pick<ApiRequest, "body"> => {
  if (text === "") return {};
  return type.includes("json")
    ? { body: { json: JSON.parse(text) } }
    : { body: { form: [...new URLSearchParams(text)] } };
};

/** A scripted API over real HTTP, at a loopback address. */
export const serveApi = async (api: Pick<ScriptedApi, "handle">): Promise<ApiServer> => {
  const calls: ReceivedCall[] = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    const call = {
      method: request.method as ApiRequest["method"],
      path: url.pathname,
      baseUrl: url.origin,
      query: Object.fromEntries(url.searchParams),
      headers,
      ...toBody(await readBody(request), headers["content-type"]),
    };
    calls.push(call);
    const { status, headers: answered, data } = api.handle(call, new Date());
    response.writeHead(status, {
      ...Object.fromEntries(answered),
      ...(data !== "" && { "content-type": "application/json" }),
    });
    response.end(data === "" ? undefined : JSON.stringify(data));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
