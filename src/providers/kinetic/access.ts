import type { Fields } from "../../connections/connection";
import { HooklineError } from "../../errors";
import { type Access, toBasic, withoutSlash } from "../../subscriptions/access";
import { connection } from "./connection";

const API = "/app/api/v1";

/** The address of the space, whether or not the path of its console or API was copied with it. */
const toBaseUrl = ({ baseUrl = "" }: Fields): string => {
  const space = withoutSlash(baseUrl).replace(/\/app(\/api(\/v1)?)?$/, "");
  return `${space}${API}`;
};

/** The Core API of one space. https://github.com/kineticdata/kinetic-platform-ai-skills/blob/main/oas/core.json */
export const kineticAccess: Access = {
  connection,
  requires: ["baseUrl", "username", "password"],
  baseUrl: toBaseUrl,
  headers: ({ username = "", password = "" }) => ({ authorization: toBasic(username, password) }),
};

/** The error for an answer that no space gives, such as the page of another server. */
export const notASpace = (expected: string): HooklineError =>
  new HooklineError(
    "CONNECTION_INVALID",
    `Base URL: what answers there lists no ${expected}, so it is not a space of the Kinetic Platform. Enter the address of the space, such as https://acme.kinops.io.`,
  );
