import type { ConnectionDefinition } from "@prismatic-io/spectral";
import { subscribables } from "../managed/subscribables";
import { defineConnection } from "./define-connection";

/** The connections that subscriptions are made with, each kind once. */
export const apiConnections: readonly ConnectionDefinition[] = [
  ...new Map(subscribables.map(({ connection: kind }) => [kind.key, kind])).values(),
].map(defineConnection);
