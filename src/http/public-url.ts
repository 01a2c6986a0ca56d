import { createSourceCheck } from "./source-address";

const isPrivateAddress = createSourceCheck([
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "224.0.0.0/3",
  "::/127",
  "fc00::/7",
  "fe80::/10",
]);

const toHost = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");

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

/** Whether somebody on the internet could reach the URL, as far as its host's name tells. */
export const isPublicUrl = (url: URL): boolean => {
  if (isLoopbackUrl(url)) return false;
  const host = toHost(url);
  return isAddress(url) ? !isPrivateAddress(host) : host.includes(".");
};
