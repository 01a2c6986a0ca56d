import { toMessage } from "../../../../errors";
import type { Address, Node } from "./address";
import { createLink, type Link, type Values } from "./link";

/**
 * The server that a connection leads to, and the others of its cluster if it has one. All keys of a queue are in one
 * slot, so that a queue has one server; which one it is, a server says that is asked for what it does not have.
 */
export interface Fleet {
  readonly call: (queue: string, command: string, values: Values) => Promise<unknown>;
  readonly close: () => void;
}

interface Redirect {
  readonly node: Node;
  /** For this call only, because the slot is just moving. */
  readonly isAsking: boolean;
}

interface Order {
  readonly queue: string;
  readonly command: string;
  readonly values: Values;
}

const MOST_REDIRECTS = 5;

/** An empty host is the one that answered. */
const readRedirect = (error: unknown, from: Node): Redirect | undefined => {
  const match = /^(MOVED|ASK) \d+ (.*):(\d+)/.exec(toMessage(error));
  if (!match) return undefined;
  const [, kind, host = "", port] = match;
  return { node: { host: host || from.host, port: Number(port) }, isAsking: kind === "ASK" };
};

/** Whether the server said it; otherwise it may be gone, and another one has the queue. */
const isAnswer = (error: unknown): boolean => error instanceof Error && error.name === "ReplyError";

export const createFleet = (address: Address): Fleet => {
  const links = new Map<string, Link>();
  const owners = new Map<string, Node>();

  const linkTo = (node: Node): Link => {
    const name = `${node.host} ${node.port}`;
    const link = links.get(name) ?? createLink(node, address);
    links.set(name, link);
    return link;
  };

  /** What a failed call says about where the queue is. */
  const learn = (queue: string, error: unknown, from: Node): Redirect | undefined => {
    if (!isAnswer(error)) owners.delete(queue);
    const redirect = readRedirect(error, from);
    if (redirect?.isAsking === false) owners.set(queue, redirect.node);
    return redirect;
  };

  const follow = async (to: Redirect, order: Order, redirectsLeft: number): Promise<unknown> => {
    const { queue, command, values } = order;
    try {
      return await linkTo(to.node).call(command, values, to.isAsking);
    } catch (error) {
      const redirect = learn(queue, error, to.node);
      if (!redirect || redirectsLeft === 0) throw error;
      return follow(redirect, order, redirectsLeft - 1);
    }
  };

  return {
    call: (queue, command, values) => {
      const node = owners.get(queue) ?? address;
      return follow({ node, isAsking: false }, { queue, command, values }, MOST_REDIRECTS);
    },
    close: () => {
      for (const link of links.values()) link.close();
    },
  };
};
