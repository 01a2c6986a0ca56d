import { HooklineError } from "../../errors";
import type { Access, Fields } from "../../subscriptions/access";
import { connection } from "./connection";

const API = "/app/api/v1";

/** The address of the space, whether or not the path of its console or API was copied with it. */
const toBaseUrl = ({ baseUrl = "" }: Fields): string => {
  const space = baseUrl.replace(/\/+$/, "").replace(/\/app(\/api(\/v1)?)?$/, "");
  return `${space}${API}`;
};

const toBasic = ({ username = "", password = "" }: Fields): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;

/** The Core API of one space. https://github.com/kineticdata/kinetic-platform-ai-skills/blob/main/oas/core.json */
export const kineticAccess: Access = {
  connection,
  requires: ["baseUrl", "username", "password"],
  baseUrl: toBaseUrl,
  headers: (fields) => ({ authorization: toBasic(fields) }),
};

/** The error for an answer that no space gives, such as the page of another server. */
export const notASpace = (expected: string): HooklineError =>
  new HooklineError(
    "CONNECTION_INVALID",
    `Base URL: what answers there lists no ${expected}, so it is not a space of the Kinetic Platform. Enter the address of the space, such as https://acme.kinops.io.`,
  );
