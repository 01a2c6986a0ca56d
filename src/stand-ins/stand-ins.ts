import { HooklineError } from "../errors";
import { heartcore } from "./heartcore";
import { heartwork } from "./heartwork";
import { kinetic } from "./kinetic";
import type { StandIn } from "./stand-in";
import { umbraco } from "./umbraco";

/** A stand-in and the port that it has where nobody chooses another. */
export interface LocalStandIn {
  readonly standIn: StandIn;
  readonly port: number;
}

export const standIns: readonly LocalStandIn[] = [
  { standIn: heartwork, port: 8411 },
  { standIn: heartcore, port: 8412 },
  { standIn: umbraco, port: 8413 },
  { standIn: kinetic, port: 8414 },
];

/** @throws HooklineError INPUT_INVALID naming those that there are. */
export const findStandIn = (name: string): LocalStandIn => {
  const found = standIns.find(({ standIn }) => standIn.name === name);
  if (found) return found;
  const names = standIns.map(({ standIn }) => standIn.name).join(", ");
  throw new HooklineError(
    "INPUT_INVALID",
    `There is no stand-in "${name.slice(0, 80)}". There are ${names}.`,
  );
};
