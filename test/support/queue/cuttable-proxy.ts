import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** Stands between a driver and its engine, and breaks what a network can break. */
export interface CuttableProxy {
  readonly port: number;
  /** How many connections were made through it. */
  readonly connections: () => number;
  /** Breaks all connections; new ones work. */
  readonly cut: () => void;
  /** Lets the next request through, and breaks its connection instead of passing the answer on. */
  readonly cutInsteadOfAnswer: () => void;
  /** Passes nothing on any more, in either direction, and breaks nothing. */
  readonly fallSilent: () => void;
  readonly close: () => Promise<void>;
}

export const openCuttableProxy = async (to: {
  readonly host: string;
  readonly port: number;
}): Promise<CuttableProxy> => {
  const sockets = new Set<Socket>();
  let connections = 0;
  let losesAnswer = false;
  let isSilent = false;

  const track = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
    return socket;
  };

  const server = createServer((incoming) => {
    connections += 1;
    const client = track(incoming);
    const engine = track(connect(to));
    client.on("close", () => engine.destroy());
    engine.on("close", () => client.destroy());
    client.on("data", (bytes) => {
      if (!isSilent) engine.write(bytes);
    });
    engine.on("data", (bytes) => {
      if (isSilent) return;
      if (!losesAnswer) {
        client.write(bytes);
        return;
      }
      losesAnswer = false;
      client.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    cut,
    cutInsteadOfAnswer: () => {
      losesAnswer = true;
    },
    fallSilent: () => {
      isSilent = true;
    },
    close: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
