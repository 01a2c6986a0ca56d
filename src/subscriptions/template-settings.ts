import { choice, list, pairs, text } from "./setting";

const METHODS = [
  { value: "POST", label: "POST" },
  { value: "PUT", label: "PUT" },
  { value: "PATCH", label: "PATCH" },
] as const;

/** What a builder tells about an API that is not in the catalogue. */
export const templateSettings = {
  events: list({
    label: "Events",
    comments: "What to subscribe to, for the placeholders {event} and {events}.",
    example: "order.created",
    placeholder: "Enter the name of an event",
  }),
  subscriptions: choice({
    label: "Subscriptions",
    comments: "Whether one subscription takes all events, or each event takes one of its own.",
    example: "one",
    options: [
      { value: "one", label: "One for all events" },
      { value: "each", label: "One for each event" },
    ],
  }),
  secretSource: choice({
    label: "Secret Source",
    comments:
      "Who makes the signing secret: we, for the placeholder {secret}; the API, in its answer to create; or it is the signing secret of the connection.",
    example: "ours",
    options: [
      { value: "ours", label: "Made here, random" },
      { value: "returned", label: "In the answer to create" },
      { value: "connection", label: "In the connection" },
    ],
  }),
  headers: pairs({
    label: "API Headers",
    comments:
      "Headers of every call, with {token}, {username}, {password} and {basic} of the connection. The token as a bearer, or user name and password, when this is empty.",
    example: "X-Api-Key",
    placeholder: "Enter a header",
  }),
  createMethod: choice({
    label: "Create Method",
    comments: "The method of the call that creates a subscription.",
    example: "POST",
    options: METHODS,
  }),
  createPath: text({
    label: "Create Path",
    required: true,
    comments: "The path of the call that creates a subscription, after the connection's base URL.",
    example: "/v1/webhooks",
    placeholder: "Enter the path",
  }),
  createBody: text({
    label: "Create Body",
    required: true,
    comments:
      "The JSON of the call that creates a subscription, with {endpoint}, {secret}, {event}, {events} and {mark} inside its texts. A text that is just {events} becomes a list.",
    example: '{"url":"{endpoint}","events":"{events}","secret":"{secret}"}',
    placeholder: "Enter JSON",
  }),
  idPath: text({
    label: "ID Path",
    default: "id",
    comments:
      "Where the subscription's id is in the answer to create, and in each item of the list.",
    example: "data.id",
    placeholder: "Enter a path in the JSON",
  }),
  secretPath: text({
    label: "Secret Path",
    comments: "Where the signing secret is in the answer to create, when the API makes it.",
    example: "data.secret",
    placeholder: "Enter a path in the JSON",
  }),
  listPath: text({
    label: "List Path",
    comments:
      "The path of the call that lists subscriptions. Without one, what a deploy made can be lost track of when it is cut off.",
    example: "/v1/webhooks?per_page=100",
    placeholder: "Enter the path",
  }),
  listItems: text({
    label: "List Items",
    comments: "Where the list is in the answer; empty when the answer is the list.",
    example: "data",
    placeholder: "Enter a path in the JSON",
  }),
  listEndpoint: text({
    label: "List Endpoint",
    default: "url",
    comments: "Where each item of the list shows its endpoint.",
    example: "url",
    placeholder: "Enter a path in the JSON",
  }),
  listEvents: text({
    label: "List Events",
    comments: "Where each item of the list shows its event or events, when it does.",
    example: "events",
    placeholder: "Enter a path in the JSON",
  }),
  listNext: text({
    label: "List Next Page",
    comments: "Where the answer shows the URL or path of the next page, when it has pages.",
    example: "paging.next",
    placeholder: "Enter a path in the JSON",
  }),
  updateMethod: choice({
    label: "Update Method",
    comments: "The method of the call that changes a subscription.",
    example: "PUT",
    options: [METHODS[1], METHODS[2], METHODS[0]],
  }),
  updatePath: text({
    label: "Update Path",
    comments:
      "The path of the call that changes a subscription, with {id}; its body is that of create. Without one, a changed subscription is replaced.",
    example: "/v1/webhooks/{id}",
    placeholder: "Enter the path",
  }),
  deletePath: text({
    label: "Delete Path",
    required: true,
    comments: "The path of the call that removes a subscription, with {id}.",
    example: "/v1/webhooks/{id}",
    placeholder: "Enter the path",
  }),
  lifetimeSeconds: text({
    label: "Lifetime (Seconds)",
    comments: "How long a subscription lives, when it expires. It is renewed at half of that.",
    example: "86400",
    placeholder: "Enter a number of seconds",
  }),
} as const;
