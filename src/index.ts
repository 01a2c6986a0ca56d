import { component } from "@prismatic-io/spectral";
import { verifySignature } from "./component/actions/verify-signature";
import { signingSecret } from "./component/connections/signing-secret";
import { providers } from "./component/data-sources/providers";
import { catchProviderWebhook } from "./component/triggers/catch-provider-webhook";
import { catchRawWebhook } from "./component/triggers/catch-raw-webhook";

export default component({
  key: "hookline",
  public: false,
  display: {
    label: "Hookline",
    description: "Catch, verify and answer webhooks from any provider.",
    iconPath: "icon.png",
    category: "Triggers",
  },
  triggers: { catchRawWebhook, catchProviderWebhook },
  actions: { verifySignature },
  dataSources: { providers },
  connections: [signingSecret],
});
