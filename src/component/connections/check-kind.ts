import type { Connection } from "@prismatic-io/spectral";
import type { ConnectionKind } from "../../connections/connection";
import { HooklineError } from "../../errors";

const inWords = (labels: readonly string[]): string =>
  [labels.slice(0, -1).join(", "), ...labels.slice(-1)].filter((text) => text !== "").join(" or ");

/**
 * The kind of the connection. One of another kind has other fields, so that it would fail with a message that nobody
 * understands.
 *
 * @param label What a person reads above the input.
 * @throws HooklineError INPUT_INVALID where no connection was chosen, CONNECTION_INVALID for one of another kind.
 */
export const checkKind = <Kind extends Pick<ConnectionKind, "key" | "label">>(
  label: string,
  kinds: readonly Kind[],
  connection: Connection | undefined,
): Kind => {
  const names = inWords(kinds.map((kind) => `"${kind.label}"`));
  const wanted = `${label}: choose a connection of the kind ${names}`;
  if (!connection) throw new HooklineError("INPUT_INVALID", `${wanted}.`);
  const kind = kinds.find(({ key }) => key === connection.key);
  if (kind) return kind;
  throw new HooklineError("CONNECTION_INVALID", `${wanted}, not ${connection.key}.`);
};
