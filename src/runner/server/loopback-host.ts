const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;

/**
 * Whether a request was meant for this machine. A web page that points its own domain at 127.0.0.1
 * (DNS rebinding) sends that domain as Host and is turned away.
 */
export const isLoopbackHost = (host: string | undefined): boolean =>
  host !== undefined && LOOPBACK.test(host);

export const WRONG_HOST =
  "This runner answers only to localhost. Behind a tunnel, have it send the Host header localhost.";
