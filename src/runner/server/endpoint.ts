const PREFIX = "/trigger/";

/** The parts of a flow's URL: `/trigger/<endpoint>[/fragment][?query]`, as sent. */
export interface EndpointTarget {
  readonly endpoint: string;
  readonly pathFragment: string;
  readonly query: string;
}

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Nothing for a URL that does not lead to a flow. */
export const readEndpointTarget = (url: string): EndpointTarget | undefined => {
  if (!url.startsWith(PREFIX)) return undefined;
  const queryStart = url.indexOf("?");
  const path = url.slice(PREFIX.length, queryStart === -1 ? undefined : queryStart);
  const fragmentStart = path.indexOf("/");
  const endpoint = fragmentStart === -1 ? path : path.slice(0, fragmentStart);
  return {
    endpoint: endpoint.includes("%") ? decode(endpoint) : endpoint,
    pathFragment: fragmentStart === -1 ? "" : path.slice(fragmentStart + 1),
    query: queryStart === -1 ? "" : url.slice(queryStart + 1),
  };
};
