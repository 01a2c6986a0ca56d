import { BlockList, isIP } from "node:net";
import { HooklineError } from "../errors";

const familyOf = (address: string): "ipv4" | "ipv6" | undefined => {
  const version = isIP(address);
  if (version === 0) return undefined;
  return version === 4 ? "ipv4" : "ipv6";
};

const invalid = (entry: string) =>
  new HooklineError(
    "INPUT_INVALID",
    `Allowed Sources: "${entry}" is not an IP address or a CIDR range such as 203.0.113.0/24.`,
  );

const WIDEST = { ipv4: 32, ipv6: 128 } as const;

const addEntry = (list: BlockList, entry: string) => {
  const [address = "", prefix, ...rest] = entry.trim().split("/");
  const family = familyOf(address);
  if (!family || rest.length > 0) throw invalid(entry);
  const bits = prefix === undefined ? WIDEST[family] : Number(prefix || "NaN");
  if (!Number.isInteger(bits) || bits < 0 || bits > WIDEST[family]) throw invalid(entry);
  list.addSubnet(address, bits, family);
};

/** Whether an address is in one of the CIDR ranges. IPv4 addresses mapped into IPv6 count as IPv4. */
export const createSourceCheck = (ranges: readonly string[]): ((address: string) => boolean) => {
  const list = new BlockList();
  for (const range of ranges) addEntry(list, range);
  return (address) => {
    const plain = address.trim().replace(/^::ffff:(?=\d+\.)/i, "");
    const family = familyOf(plain);
    return family !== undefined && list.check(plain, family);
  };
};

/** The last address of a forwarding header: the one that the nearest proxy added. Those before it are whatever the sender wrote. */
export const lastForwardedAddress = (header: string): string =>
  (header.split(",").at(-1) ?? "")
    .trim()
    .replace(/^\[([^\]]+)\](:\d+)?$/, "$1")
    .replace(/^([\d.]+):\d+$/, "$1");
