import { createSourceCheck } from "./source-address";

const PRIVATE_RANGES = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "224.0.0.0/3",
  "2002::/16",
  "2001::/23",
] as const;

/** All other addresses of version 6 are local, mapped, translated, multicast or not given out. */
const GLOBAL_RANGES = ["2000::/3"] as const;

/** Its list is built on first use: most runs of a component never ask. */
const createLazyCheck = (ranges: readonly string[]): ((address: string) => boolean) => {
  let check: ((address: string) => boolean) | undefined;
  return (address) => {
    check ??= createSourceCheck(ranges);
    return check(address);
  };
};

const isPrivateAddress = createLazyCheck(PRIVATE_RANGES);
const isGlobalAddress = createLazyCheck(GLOBAL_RANGES);

/** Names that lead nowhere but inside one network: RFC 6762, RFC 8375, and ICANN's reservation of .internal. */
const PRIVATE_NAME = /\.(local|internal|home\.arpa)$/;

const toHost = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, "").replace(/\.+$/, "");

/** `URL` writes every spelling of an IPv4 address in its dotted form. */
const isAddress = ({ hostname }: URL): boolean =>
  hostname.startsWith("[") || /^(\d+\.){3}\d+$/.test(hostname);

/** Whether the URL leads to this very machine. */
export const isLoopbackUrl = (url: URL): boolean => {
  const host = toHost(url);
  return (
    host === "localhost" ||
    host.endsWith(".localhost") ||
    (isAddress(url) && (host === "::1" || host.startsWith("127.")))
  );
};

const isPublicAddress = (address: string): boolean =>
  !isPrivateAddress(address) && (!address.includes(":") || isGlobalAddress(address));

/** Whether somebody on the internet could reach the URL, as far as its host's name tells. */
export const isPublicUrl = (url: URL): boolean => {
  if (isLoopbackUrl(url)) return false;
  const host = toHost(url);
  return isAddress(url) ? isPublicAddress(host) : host.includes(".") && !PRIVATE_NAME.test(host);
};
