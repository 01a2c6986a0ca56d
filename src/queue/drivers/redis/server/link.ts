import type { Redis } from "ioredis";
import type { Address, Node } from "./address";
import { holdClient } from "./hold-client";
import { toPatience } from "./patience";
import { createWatch } from "./watch";

export type Values = readonly (string | number)[];

/** One connection to one server. It keeps the process alive while it waits for an answer, and not longer. */
export interface Link {
  /** @param isAsking For a slot that is moving here, as a cluster told. @throws what the client throws */
  readonly call: (command: string, values: Values, isAsking: boolean) => Promise<unknown>;
  readonly close: () => void;
}

const send = (client: Redis, command: string, values: Values, isAsking: boolean) => {
  if (isAsking) client.call("ASKING").catch(() => undefined);
  return client.call(command, [...values]);
};

export const createLink = (node: Node, address: Address): Link => {
  const held = holdClient(node, address);
  const watch = createWatch();
  let underWay = 0;

  const keepProcess = (): void => {
    const stream = held.current()?.stream;
    if (underWay > 0) stream?.ref();
    else stream?.unref();
  };

  /** A silent server is given up by breaking the connection, which ends all that waits for it. */
  const sendAndWait = async (
    client: Redis,
    ...[command, values, isAsking]: Parameters<Link["call"]>
  ) => {
    const stop = watch(toPatience(values), () => held.drop(client));
    try {
      return await send(client, command, values, isAsking);
    } finally {
      stop();
    }
  };

  return {
    call: async (command, values, isAsking) => {
      underWay += 1;
      if (underWay === 1) keepProcess();
      try {
        return await sendAndWait(await held.reach(), command, values, isAsking);
      } finally {
        underWay -= 1;
        if (underWay === 0) keepProcess();
      }
    },
    close: held.close,
  };
};
