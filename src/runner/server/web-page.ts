import { readHeader } from "../platform/headers";
import { isLoopbackHost } from "./loopback-host";

const SCHEME = /^https?:\/\//i;

/**
 * Whether a browser sent the request on behalf of a page that is not of this machine: any page could otherwise
 * have a visitor's browser run flows, whose URLs can be guessed. Senders of webhooks name no page.
 */
export const isStrangePage = (rawHeaders: readonly string[]): boolean => {
  const origin = readHeader(rawHeaders, "origin");
  return origin === undefined
    ? readHeader(rawHeaders, "sec-fetch-site") === "cross-site"
    : !isLoopbackHost(origin.replace(SCHEME, ""));
};

export const STRANGE_PAGE =
  "This runner takes nothing from a web page of another host. Send it without the header Origin, or from a page of this machine.";
