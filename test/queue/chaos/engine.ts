import { createServer } from "node:net";
import type { Fields } from "../../../src/connections/connection";

/** A server of our own that can be killed. */
export interface Engine {
  readonly version: string;
  readonly fields: Fields;
  /** With kill -9. It is started again at once. */
  readonly kill: () => void;
  readonly stop: () => Promise<void>;
}

export const findFreePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject).listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
