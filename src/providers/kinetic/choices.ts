import { get } from "../../http/api-request";
import { readItems, readTextAt } from "../../subscriptions/read-answer";
import { choice } from "../../subscriptions/setting";
import type { Choices } from "../../subscriptions/subscription";
import { readEvents, requestEvents, toEventLabel, toEventText } from "./events";

export const kineticScope = choice({
  label: "Scope",
  comments: "Whether the webhooks belong to the whole space or to one kapp.",
  example: "kapp",
  options: [
    { value: "space", label: "Space" },
    { value: "kapp", label: "Kapp" },
  ],
});

export const kineticChoices: Readonly<Record<string, Choices>> = {
  kineticEvents: {
    label: "Kinetic Platform Events",
    description:
      "The events that a webhook of the space or of a kapp can fire on, with the group and name that the platform suggests for their workflow",
    inputs: { scope: kineticScope },
    listing: {
      request: (settings) => requestEvents(settings),
      read: (answer) => ({
        items: readEvents(answer).map((listed) => ({
          key: toEventText(listed),
          label: toEventLabel(listed),
        })),
      }),
    },
    example: {
      key: "Submission Submitted",
      label:
        "Submission Submitted (workflow: Submissions > [kapp-slug] > [form-slug] :: Submitted)",
    },
  },
  kineticKapps: {
    label: "Kinetic Platform Kapps",
    description: "The kapps of the space",
    listing: {
      request: (_settings, pageToken) => get("/kapps", { pageToken }),
      read: ({ data }) => ({
        items: readItems(data, "kapps").map((kapp) => ({
          key: readTextAt(kapp, "slug"),
          label: readTextAt(kapp, "name") || readTextAt(kapp, "slug"),
        })),
        next: readTextAt(data, "nextPageToken") || undefined,
      }),
    },
    example: { key: "services", label: "Services" },
  },
};
