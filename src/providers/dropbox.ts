import { echo } from "../challenges/echo";
import { bodyEvents } from "../events/body-events";
import { hmac } from "../signatures/mac";
import { defineProvider } from "./provider";

export const dropbox = defineProvider({
  id: "dropbox",
  name: "Dropbox",
  docs: "https://www.dropbox.com/developers/reference/webhooks",
  evidence: "docs",
  secret: "The App secret, from the app's page in the App Console",
  signature: hmac({
    hash: "sha256",
    encoding: "hex",
    signature: { header: "x-dropbox-signature" },
    content: ({ body }) => [body],
  }),
  challenge: echo({
    nonce: { query: "challenge" },
    when: { all: [{ query: "challenge" }], emptyBody: true },
  }),
  events: bodyEvents({
    each: "list_folder.accounts.*",
    type: { always: "list_folder" },
    orderingKey: "",
  }),
  notes: [
    "A notification names the accounts that changed, one event each, and nothing else: list their folders with the last cursor.",
    "Notifications carry neither id nor time, so two changes of one account look the same and share an event id. Dedupe at most within seconds.",
  ],
  samples: {
    list_folder: {
      body: {
        list_folder: { accounts: ["dbid:AAH4f99T0taONIb-OurWxbNQ6ywGRopQngc"] },
        delta: { users: [12345678] },
      },
    },
  },
});
