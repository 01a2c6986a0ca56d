import { HooklineError } from "../../errors";
import { findStandIn, type LocalStandIn } from "../../stand-ins/stand-ins";

/** Port 0 is refused, because the configuration could not name it. `umbraco`, or `umbraco:9000` for another port than its own. @throws HooklineError INPUT_INVALID */
export const chooseStandIn = (text: string): LocalStandIn => {
  const [name = "", port] = text.split(/:(.*)/s);
  const found = findStandIn(name);
  if (port === undefined) return found;
  const number = Number(port);
  if (port !== "" && Number.isInteger(number) && number > 0 && number <= 65_535)
    return { ...found, port: number };
  throw new HooklineError(
    "INPUT_INVALID",
    `"${text.slice(0, 80)}" names no port from 1 to 65535. The configuration has to say where the stand-in is, so any free port will not do: give a stand-in as ${name}, or as ${name}:${found.port}.`,
  );
};
