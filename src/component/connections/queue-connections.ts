import type { ConnectionDefinition } from "@prismatic-io/spectral";
import { queueEngines } from "../queue/engines";
import { defineConnection } from "./define-connection";

/** The connections that lead to a queue, one for each engine. */
export const queueConnections: readonly ConnectionDefinition[] = queueEngines.map(({ kind }) =>
  defineConnection(kind),
);
