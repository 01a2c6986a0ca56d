import { bodyEvents } from "../events/body-events";
import { sharedToken } from "../signatures/shared-token";
import { kineticSubscription } from "./kinetic/subscription";
import { defineProvider } from "./provider";

export const kinetic = defineProvider({
  id: "kinetic",
  name: "Kinetic Platform",
  docs: "https://docs.kineticdata.com/docs/webhooks",
  evidence: "docs",
  secret: "A long random text of your own, which you also append to the webhook's URL as ?token=",
  signature: sharedToken({ query: "token" }),
  subscription: kineticSubscription,
  events: bodyEvents({
    type: { joined: ["event.type", "event.action"], separator: " " },
    orderingKey: {
      joined: [
        "event.type",
        "kapp.slug",
        { first: ["submission.id", "user.username", "team.slug", "form.slug", "space.slug"] },
      ],
      separator: ":",
    },
  }),
  notes: [
    "Kinetic signs nothing and sends no headers of your choice: the signing secret travels in the webhook's URL, so treat that URL as a secret.",
    "No delivery carries an id: it is a hash of event and body. A job that is queued again repeats its body exactly.",
    "The members of a submission's payload are not documented; the ordering key falls back to form and space.",
  ],
  samples: {
    "Submission Submitted": {
      body: {
        event: { action: "Submitted", type: "Submission", timestamp: "2026-04-08T02:35:35.925Z" },
        space: { slug: "acme" },
        kapp: { slug: "services" },
        form: { slug: "laptop-request" },
        submission: { id: "9f7c4889-32f3-11f1-85e7-8f53b6e0619f", values: { Model: "Air" } },
      },
    },
    "User Created": {
      body: {
        event: { action: "Created", type: "User" },
        space: { slug: "acme" },
        user: { username: "zoe@example.com", displayName: "Zoë" },
      },
    },
  },
});
