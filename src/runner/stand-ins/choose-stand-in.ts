import { HooklineError } from "../../errors";
import { findStandIn, type LocalStandIn } from "../../stand-ins/stand-ins";

/** `umbraco`, or `umbraco:9000` for another port than its own. @throws HooklineError INPUT_INVALID */
export const chooseStandIn = (text: string): LocalStandIn => {
  const [name = "", port] = text.split(/:(.*)/s);
  const found = findStandIn(name);
  if (port === undefined) return found;
  const number = Number(port);
  if (port !== "" && Number.isInteger(number) && number >= 0 && number <= 65_535)
    return { ...found, port: number };
  throw new HooklineError(
    "INPUT_INVALID",
    `"${text.slice(0, 80)}" names no port from 0 to 65535. Give a stand-in as ${name}, or as ${name}:${found.port}.`,
  );
};
