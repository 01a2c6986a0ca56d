import type { FastifyInstance } from "fastify";
import type { InstanceState } from "../lifecycle/instance-state";

const listLines = ({ status, flows, testFlows, listening }: InstanceState): readonly string[] => [
  ...(status === "deployed" ? [] : [`The instance is ${status}.`]),
  ...flows.map(({ name, url }) => `${name}  ${url}`),
  ...testFlows
    .filter(({ stableId }) => listening.has(stableId))
    .map(({ name, url }) => `${name} (listening)  ${url}`),
];

/** `GET /`: how the instance is, and its flows with their URLs. */
export const addFlowList = (
  pages: FastifyInstance,
  integration: string,
  current: () => InstanceState | undefined,
): void => {
  pages.get("/", (_request, reply) => {
    const state = current();
    const lines = [integration, ...(state ? listLines(state) : [])];
    reply.type("text/plain; charset=utf-8").send(`${lines.join("\n")}\n`);
  });
};
