import type { FastifyInstance } from "fastify";
import type { DeployedFlow } from "../platform/deployed-flow";

/** `GET /`: the flows and their URLs, until the inspector takes this place. */
export const addFlowList = (
  pages: FastifyInstance,
  integration: string,
  flows: () => readonly DeployedFlow[],
): void => {
  pages.get("/", (_request, reply) => {
    const lines = flows().map(({ name, url }) => `${name}  ${url}`);
    reply.type("text/plain; charset=utf-8").send(`${[integration, ...lines].join("\n")}\n`);
  });
};
