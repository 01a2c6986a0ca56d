import { bodyEvents } from "../events/body-events";
import { prefixed } from "../signatures/grammar";
import { hmac } from "../signatures/mac";
import { defineProvider } from "./provider";

export const typeform = defineProvider({
  id: "typeform",
  name: "Typeform",
  docs: "https://www.typeform.com/developers/webhooks/secure-your-webhooks/",
  evidence: "docs",
  secret: "The secret of the webhook, as set under Connect > Webhooks > Edit of the form",
  signature: hmac({
    hash: "sha256",
    encoding: "base64",
    signature: { header: "typeform-signature", grammar: prefixed("sha256=") },
    content: ({ body }) => [body],
  }),
  events: bodyEvents({
    id: "event_id",
    type: "event_type",
    orderingKey: { first: ["form_response.token", "form_response.form_id"] },
  }),
  notes: ["A webhook without a secret is not signed. Answering 404 or 410 switches it off."],
  samples: {
    form_response: {
      body: {
        event_id: "01HQZ2M3V8KX9T5W7Y1N4R6B0C",
        event_type: "form_response",
        form_response: {
          form_id: "lT4Z3j",
          token: "a3a12ec67a1365927098a606107fac15",
          submitted_at: "2026-03-01T10:00:00Z",
          answers: [
            { type: "text", text: "Zürich", field: { id: "JwWggjAKtOkA", type: "short_text" } },
          ],
        },
      },
    },
  },
});
