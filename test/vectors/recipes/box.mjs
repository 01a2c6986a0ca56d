import { createHmac } from "node:crypto";
import { WebhooksManager } from "box-node-sdk/lib/managers/webhooks";
import { endpoint, now } from "../bodies.mjs";

const primary = "Fd28OJrZ8oNxkgmS7TbjXNgrG8v";
const secondary = "KWkROAOiof3JsyLJiQ8PDgsGULK";
const time = "2026-03-14T08:09:25-07:00";

const sign = (key, body) => createHmac("sha256", key).update(body).update(time).digest("base64");

/** Box signs its body with everything beyond ASCII as lower-case \u escapes. */
const toEscaped = (body) =>
  body.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

const toDelivery = (name, body, given = {}) => {
  const { secret = primary, signed = body, keys = [primary, secondary] } = given;
  return {
    name,
    source: "accepted by",
    secret,
    now,
    request: {
      url: endpoint,
      headers: {
        "Content-Type": "application/json; charset=utf-8",
        "BOX-DELIVERY-ID": "f96bb54b-ee16-4fc5-aa65-8c2d9e5b546f",
        "BOX-DELIVERY-TIMESTAMP": time,
        "BOX-SIGNATURE-ALGORITHM": "HmacSHA256",
        "BOX-SIGNATURE-VERSION": "1",
        "BOX-SIGNATURE-PRIMARY": sign(keys[0], signed),
        "BOX-SIGNATURE-SECONDARY": sign(keys[1], signed),
      },
      body,
    },
  };
};

const uploaded = '{"type":"webhook_event","id":"1","trigger":"FILE.UPLOADED","source":{"id":"7"}}';
const renamed =
  '{"type":"webhook_event","id":"2","trigger":"FILE.RENAMED","source":{"name":"Zoë — 東京 🚀"}}';

export const recipe = {
  provider: "box",
  sdk: "box-node-sdk",
  toleranceSeconds: 600,
  refusals: ["body", "secret", "late", "early"],
  accepts: ({ secret, headers, body }) =>
    WebhooksManager.validateMessage(body.toString(), headers, secret, { secondaryKey: secret }),
  deliveries: () => [
    toDelivery("our key signed first", uploaded),
    toDelivery("our key signed second", uploaded, { secret: secondary }),
    toDelivery("non-ASCII body, signed as it is", renamed),
    toDelivery("non-ASCII body, signed with escapes", renamed, { signed: toEscaped(renamed) }),
    toDelivery("body with escapes of its own", toEscaped(renamed)),
  ],
};
