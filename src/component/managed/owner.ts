import type { ActionContext } from "@prismatic-io/spectral";

/** What tells one flow of one instance from all others, on every deploy and under every name. */
export const toOwner = ({ instance, flow }: Pick<ActionContext, "instance" | "flow">): string =>
  `${instance.id}:${flow.stableId}`;
