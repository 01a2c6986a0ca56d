import { createServer, request as open } from "node:http";

const readAll = async (stream) => {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
};

const send = (port, { method, url, headers, body }) =>
  new Promise((resolve, reject) => {
    const { pathname, search } = new URL(url);
    const path = pathname + search;
    const options = { port, host: "127.0.0.1", method, path, headers, agent: false };
    const outgoing = open(options, async (incoming) => {
      resolve({
        status: incoming.statusCode,
        headers: incoming.headers,
        body: await readAll(incoming),
      });
    });
    outgoing.on("error", reject).end(body);
  });

/** Posts a delivery to an SDK's own request listener on loopback and returns its answer, with the one header that matters. */
export const askListener = async (listener, delivery) => {
  const server = createServer(listener);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const { status, headers, body } = await send(server.address().port, delivery);
    const type = headers["content-type"];
    return {
      status,
      headers: type === undefined ? {} : { "content-type": type },
      body: body.toString(),
    };
  } finally {
    server.close();
  }
};
