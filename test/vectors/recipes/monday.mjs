import jwt from "jsonwebtoken";
import { endpoint, now } from "../bodies.mjs";
import { unixSeconds } from "../clock.mjs";

const secret = "9b1f5c6de0d84f0c8a53c7a2ce1b1f0e";
const issuedAt = Number(unixSeconds(now));

const claims = {
  dat: {
    client_id: "f0b6f8a6a1d9f7c2a7c1f5d4a3e2b1c0",
    user_id: 2568,
    account_id: 1825529,
    slug: "example",
    app_id: 10000001,
    app_version_id: 20000001,
    install_id: 30000001,
    is_admin: true,
    is_view_only: false,
    is_guest: false,
    user_kind: "admin",
  },
  aud: endpoint,
  iat: issuedAt,
  exp: issuedAt + 300,
};

const body = JSON.stringify({
  event: {
    userId: 9603417,
    boardId: 1771812698,
    pulseId: 1772099344,
    pulseName: "Create_item webhook — 東京",
    type: "create_pulse",
    triggerTime: "2026-03-14T15:09:25.516Z",
    subscriptionId: 73759690,
    triggerUuid: "b5ed2e17c530f43668de130142445cba",
  },
});

const toDelivery = (name, authorization, url = endpoint) => ({
  name,
  source: "accepted by",
  secret,
  now,
  request: {
    url,
    headers: { "Content-Type": "application/json", Authorization: authorization },
    body,
  },
});

const sign = (payload) => jwt.sign(payload, secret);

export const recipe = {
  provider: "monday",
  sdk: "jsonwebtoken",
  /** Five minutes after the token ended, so that verifiers with some leeway refuse it as well. */
  toleranceSeconds: 600,
  refusals: ["secret", "late", "url"],
  accepts: ({ secret: key, headers, url }) => {
    const token = headers.authorization.replace(/^Bearer /, "");
    return jwt.verify(token, key, { algorithms: ["HS256"], audience: url });
  },
  deliveries: () => [
    toDelivery("token of an integration", sign(claims)),
    toDelivery("token after Bearer", `Bearer ${sign(claims)}`),
  ],
};
