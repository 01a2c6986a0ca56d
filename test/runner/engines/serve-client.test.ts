import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server } from "node:net";
import { serveClient } from "../../../src/runner/engines/serve-client";
import { createTurns } from "../../../src/runner/engines/turns";

let server: Server;
afterEach(() => {
  server.close();
});

test("a client that never logs in is sent away", async () => {
  const turns = createTurns(async () => Buffer.alloc(0));
  server = createServer((socket) => {
    serveClient(socket, { turns, password: "secret", loginMilliseconds: 100 });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const client = connect(port, "127.0.0.1");
  client.on("error", () => undefined).resume();
  await once(client, "close");
  expect(client.destroyed).toBe(true);
});
