import { now } from "../bodies.mjs";

const source =
  "published at https://learn.microsoft.com/en-us/graph/change-notifications-delivery-webhooks";

const notification = `{
  "value": [
    {
      "id": "lsgTZMr9KwAAA",
      "subscriptionId":"{subscription_guid}",
      "subscriptionExpirationDateTime":"2016-03-19T22:11:09.952Z",
      "clientState":"secretClientValue",
      "changeType":"created",
      "resource":"users/{user_guid}@{tenant_guid}/messages/{long_id_string}",
      "tenantId": "84bd8158-6d4d-4958-8b9f-9d6445542f95",
      "resourceData":
      {
        "@odata.type":"#Microsoft.Graph.Message",
        "@odata.id":"Users/{user_guid}@{tenant_guid}/Messages/{long_id_string}",
        "@odata.etag":"W/\\"CQAAABYAAADkrWGo7bouTKlsgTZMr9KwAAAUWRHf\\"",
        "id":"{long_id_string}"
      }
    }
  ]
}`;

export const recipe = {
  provider: "microsoft-graph",
  sdk: null,
  refusals: ["secret"],
  accepts: ({ secret, body }) =>
    JSON.parse(body).value.every(({ clientState }) => clientState === secret),
  deliveries: () => [
    {
      name: "notification of the docs",
      source,
      secret: "secretClientValue",
      now,
      request: {
        url: "https://hooks.example.com/graph",
        headers: { "Content-Type": "application/json" },
        body: notification,
      },
    },
    {
      name: "validation request, by the rule of the docs with a token of our own",
      kind: "challenge",
      source,
      now,
      refusals: [],
      request: {
        url: "https://hooks.example.com/graph?validationToken=Validation%3A+Testing+client+application+reachability%2Fa%2Bb%3D%3C%3E",
        headers: { "Content-Type": "text/plain; charset=utf-8" },
      },
      response: {
        status: 200,
        headers: { "content-type": "text/plain" },
        body: "Validation: Testing client application reachability/a+b=<>",
      },
    },
  ],
};
