import { createHash } from "node:crypto";
import type { Connection } from "@prismatic-io/spectral";
import { type ConnectionKind, type Fields, labelOf } from "../../connections/connection";
import { HooklineError } from "../../errors";
import type { QueueAccess } from "../../queue/queue";
import { blameConnection } from "../api-connection";
import { checkKind } from "../connections/check-kind";
import { readFields } from "../connections/connection-fields";
import { type QueueEngine, queueEngines } from "./engines";
import { createOpenDrivers } from "./open-drivers";

/** Of a warm process; a component mostly has one queue connection. */
const openDrivers = createOpenDrivers(4);

const engineOf = (connection: Connection | undefined): QueueEngine => {
  const kinds = queueEngines.map((engine) => ({ ...engine.kind, engine }));
  return checkKind("Queue Connection", kinds, connection).engine;
};

/** Every field of the kind, with its default where it was left empty. */
const fillIn = (kind: ConnectionKind, filledIn: Fields): Fields => {
  const entries = Object.entries(kind.fields).map(([name, field]) => {
    const text = filledIn[name] || (field.default ?? "");
    if (text !== "" || !field.required) return [name, text] as const;
    throw new HooklineError(
      "CONNECTION_INVALID",
      `Connection ${kind.label}: fill in ${labelOf(kind, name)}.`,
    );
  });
  return Object.fromEntries(entries);
};

/** Tells connections apart without keeping their secrets. */
const toName = (key: string, fields: Fields): string =>
  createHash("sha256")
    .update(JSON.stringify([key, fields]))
    .digest("hex");

/**
 * Does something with the queue engine that a connection leads to, over a driver that stays open for the next call.
 *
 * @throws ConnectionError where the connection is at fault; HooklineError INPUT_INVALID without one, and what `work` throws.
 */
export const useQueue = async <Result>(
  connection: Connection | undefined,
  work: (access: QueueAccess) => Promise<Result>,
): Promise<Result> => {
  try {
    const { kind, open } = engineOf(connection);
    const fields = fillIn(kind, readFields(connection));
    return await openDrivers.use(
      toName(kind.key, fields),
      () => open(fields),
      (driver) => work({ connection: kind.key, driver }),
    );
  } catch (error) {
    throw blameConnection(error, connection);
  }
};
