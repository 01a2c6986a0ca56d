import { unreadableLease } from "../../handle";
import { fromCarried, toCarried } from "./text";

/** One message under one lease: what the scripts compare. */
export interface LeaseReference {
  readonly orderingKey: string;
  readonly position: string;
  /** Of a random UUID, which costs less than random bytes of one's own: 32 hex digits that nobody guesses. */
  readonly token: string;
}

export const toReference = ({ position, token, orderingKey }: LeaseReference): string =>
  `${position}.${token}.${toCarried(orderingKey)}`;

const REFERENCE = /^(\d{1,16})\.([\da-f]{32})\.(.+)$/s;

/** @throws HooklineError LEASE_INVALID */
export const readReference = (text: string): LeaseReference => {
  const [, position, token, key] = REFERENCE.exec(text) ?? [];
  if (position === undefined || token === undefined || key === undefined) throw unreadableLease();
  return { position, token, orderingKey: fromCarried(key) };
};
