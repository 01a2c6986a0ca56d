/** The text as an https URL of a host alone, without user, password or port: what may be compared with a pinned host. */
export const toPlainHttpsUrl = (text: string): URL | undefined => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url?.protocol === "https:" && !url.username && !url.password && !url.port;
  return isPlain ? url : undefined;
};
