import hubspot from "@hubspot/api-client";
import { nonAscii, now, plain, spaced } from "../bodies.mjs";

const secret = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";
const url = "https://www.example.com/webhook_uri?b=2&a=1";

/** The escapes that the docs of version 3 say to decode before signing. */
const decodeUrl = (text) =>
  text.replace(/%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi, decodeURIComponent);

const sign = (method, version, fields) =>
  hubspot.Signature.getSignature(method, version, { clientSecret: secret, ...fields });

const toVersion3 = (name, body, target = url) => {
  const timestamp = Date.parse(now);
  const fields = { requestBody: body, url: decodeUrl(target), timestamp };
  return {
    name: `v3: ${name}`,
    source: "made by",
    secret,
    now,
    refusals: ["body", "secret", "url", "late"],
    request: {
      url: target,
      headers: {
        "Content-Type": "application/json",
        "X-HubSpot-Request-Timestamp": String(timestamp),
        "X-HubSpot-Signature-v3": sign("POST", "v3", fields),
        "X-HubSpot-Signature-Version": "v3",
      },
      body,
    },
  };
};

const toOlder = (
  version,
  name,
  body,
  { method = "POST", signature = sign(method, version, { requestBody: body, url }) } = {},
) => ({
  name: `${version}: ${name}`,
  source: "made by",
  secret,
  options: { signatureVersion: version },
  now,
  refusals: version === "v2" ? ["body", "secret", "url"] : ["body", "secret"],
  request: {
    method,
    url,
    headers: {
      "Content-Type": "application/json",
      "X-HubSpot-Signature": signature,
      "X-HubSpot-Signature-Version": version,
    },
    body,
  },
});

const accepts = ({ secret: clientSecret, method, url: target, headers, body }) => {
  const signatureVersion = headers["x-hubspot-signature-version"];
  const isV3 = signatureVersion === "v3";
  return hubspot.Signature.isValid({
    method,
    signatureVersion,
    clientSecret,
    signature: headers[isV3 ? "x-hubspot-signature-v3" : "x-hubspot-signature"],
    requestBody: body.toString(),
    url: isV3 ? decodeUrl(target) : target,
    timestamp: Number(headers["x-hubspot-request-timestamp"]),
  });
};

const created =
  '[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW","appId":54321}]';

export const recipe = {
  provider: "hubspot",
  sdk: "@hubspot/api-client",
  toleranceSeconds: 300,
  accepts,
  deliveries: () => [
    toVersion3("JSON body", plain),
    toVersion3("non-ASCII body", nonAscii),
    toVersion3("body with CRLF and spaces", spaced),
    toVersion3("empty body", ""),
    toVersion3(
      "URL with escapes that are decoded before signing and escapes that are not",
      plain,
      "https://www.example.com/webhook_uri?email=a%40b.example&path=%2fx%3By&space=%20&e=%C3%AB",
    ),
    {
      ...toOlder("v1", "example of the docs", created, {
        signature: "232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de",
      }),
      source:
        "published at https://developers.hubspot.com/docs/apps/legacy-apps/authentication/validating-requests",
    },
    toOlder("v1", "non-ASCII body", nonAscii),
    toOlder("v2", "JSON body", plain),
    toOlder("v2", "GET without a body", "", { method: "GET" }),
  ],
};
