import { type Connection, ConnectionError } from "@prismatic-io/spectral";
import { HooklineError } from "../errors";
import type { SendRequest } from "../http/api-request";
import type { Access } from "../subscriptions/access";
import { createCaller } from "../subscriptions/caller";
import { connectApi } from "../subscriptions/connect";
import { createApiTime } from "./api-time";
import { checkKind } from "./connections/check-kind";
import { readFields } from "./connections/connection-fields";

/** Shows the platform which connection a person has to look at; any other error stays as it is. */
export const blameConnection = (error: unknown, connection: Connection | undefined): unknown => {
  const isConnectionsFault =
    error instanceof HooklineError &&
    (error.code === "CONNECTION_INVALID" || error.code === "PROVIDER_UNREACHABLE");
  return connection && isConnectionsFault ? new ConnectionError(connection, error.message) : error;
};

/** A provider's API for one action or data source. */
export interface OpenApi {
  /** Repeats what may be repeated, as long as there is time. */
  readonly send: SendRequest;
  /** For what must not happen twice. */
  readonly sendOnce: SendRequest;
  /** Texts that no message may repeat. */
  readonly secrets: readonly string[];
}

/** Does something with a provider's API. @throws ConnectionError where the connection is at fault. */
export const withApi = async <Result>(
  access: Access,
  connection: Connection | undefined,
  work: (api: OpenApi) => Promise<Result>,
): Promise<Result> => {
  try {
    checkKind("Connection", [access.connection], connection);
    const fields = readFields(connection);
    const time = createApiTime();
    const { send: sendOnce } = connectApi(access, fields, time.connect);
    const send = createCaller(sendOnce, time);
    return await work({ send, sendOnce, secrets: Object.values(fields) });
  } catch (error) {
    throw blameConnection(error, connection);
  }
};
