import { unreadableLease } from "../../handle";

/** What one leased message is found by. */
export interface Reference {
  readonly key: string;
  readonly seq: string;
  readonly token: string;
}

export const toReference = ({ key, seq, token }: Reference): string => `${key}.${seq}.${token}`;

const REFERENCE = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(\d{1,18})\.([0-9a-f]{32})$/;

/** @throws HooklineError LEASE_INVALID */
export const readReference = (text: string): Reference => {
  const [, key, seq, token] = REFERENCE.exec(text) ?? [];
  if (key && seq && token) return { key, seq, token };
  throw unreadableLease();
};
