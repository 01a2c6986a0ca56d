import { endpoint, nonAscii, now, plain, spaced } from "./bodies.mjs";
import { unixSeconds } from "./clock.mjs";

const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const older = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
const id = "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W";

/** Deliveries by the Standard Webhooks rule, signed by a `Webhook` class, under headers with a prefix. */
export const toStandardDeliveries = (Webhook, prefix) => {
  const sign = (key, body) => new Webhook(key).sign(id, new Date(now), body);
  const toDelivery = (name, body, signature, key = secret) => ({
    name,
    source: "made by",
    secret: key,
    now,
    request: {
      url: endpoint,
      headers: {
        "content-type": "application/json",
        [`${prefix}id`]: id,
        [`${prefix}timestamp`]: unixSeconds(now),
        [`${prefix}signature`]: signature,
      },
      body,
    },
  });
  return [
    toDelivery("JSON body", plain, sign(secret, plain)),
    toDelivery("non-ASCII body", nonAscii, sign(secret, nonAscii)),
    toDelivery("body with CRLF and spaces", spaced, sign(secret, spaced)),
    toDelivery("empty body", "", sign(secret, "")),
    toDelivery(
      "rotation: our secret signed second",
      plain,
      `${sign(older, plain)} ${sign(secret, plain)}`,
    ),
    toDelivery(
      "rotation: our secret signed first",
      plain,
      `${sign(older, plain)} ${sign(secret, plain)}`,
      older,
    ),
    toDelivery(
      "beside a signature of a version that we cannot check",
      plain,
      `v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg== ${sign(secret, plain)}`,
    ),
    toDelivery(
      "secret without its prefix",
      plain,
      sign(secret, plain),
      secret.slice("whsec_".length),
    ),
  ];
};
