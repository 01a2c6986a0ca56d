import { input } from "@prismatic-io/spectral";
import { subscribables } from "../managed/subscribables";
import { toConnection, toList, toPairs, toText, toUrl } from "./clean";

/** What the set-up actions ask for. */
export const subscriptionInputs = {
  provider: input({
    label: "Provider",
    type: "string",
    required: true,
    comments: "The service whose webhooks are subscribed to.",
    placeholder: "Choose the provider",
    example: "github",
    model: subscribables.map(({ id, name }) => ({ label: name, value: id })),
    clean: toText,
  }),
  connection: input({
    label: "Connection",
    type: "connection",
    required: true,
    comments: "The credentials for the provider's API, of the kind that its trigger takes.",
    clean: toConnection,
  }),
  events: input({
    label: "Events",
    type: "string",
    collection: "valuelist",
    required: false,
    comments: "The events, topics or resources to subscribe to, in the provider's own spelling.",
    placeholder: "Enter the name of an event",
    example: "issues",
    clean: toList,
  }),
  settings: input({
    label: "Settings",
    type: "string",
    collection: "keyvaluelist",
    required: false,
    comments:
      "What else the provider's trigger asks for, by the key of its input, such as owner and repository for GitHub. Several values go on a line each.",
    placeholder: "Enter a setting",
    example: "repository",
    clean: toPairs,
  }),
  endpointUrl: input({
    label: "Endpoint URL",
    type: "string",
    required: true,
    comments:
      "The webhook URL of the flow that receives the deliveries: reference it from the webhook URLs of this flow's trigger.",
    placeholder: "Reference the URL of the receiving flow",
    example: "https://hooks.example.com/trigger/SW5zdGFuY2VGbG93Q29uZmlnOjE=",
    clean: toUrl("Endpoint URL"),
  }),
} as const;
