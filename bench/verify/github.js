import { createHmac, timingSafeEqual } from "node:crypto";
import { WebhookVerificationService } from "@hookflo/tern";
import { verify } from "@octokit/webhooks-methods";
import CryptoJs from "crypto-js";
import { tampered, toEvidence } from "./delivery.js";

const secret = "It's a Secret to Everybody";
const sign = (body) => `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;

const bare = (body, header) => {
  const digest = createHmac("sha256", secret).update(body).digest();
  return timingSafeEqual(Buffer.from(header.slice(7), "hex"), digest);
};

const withTern = async (body, headers) => {
  const request = new Request("https://hooks.example.com/", { method: "POST", headers, body });
  const options = { platform: "github", secret };
  return (await WebhookVerificationService.verify(request, options)).isValid;
};

/** GitHub's scheme: hex HMAC-SHA256 of the body. Each contender gets the body in the form that suits it best. */
export const toContenders = ({ findProvider, verifySignature }, body, isGenuine) => {
  const header = sign(isGenuine ? body : tampered(body));
  const headers = { "x-hub-signature-256": header };
  const evidence = toEvidence(headers, body, secret);
  const { signature } = findProvider("github");
  const text = body.toString();
  return [
    { name: "node:crypto", call: () => bare(body, header) },
    {
      name: "Hookline",
      call: () => verifySignature(signature, evidence()).kind === "verified",
    },
    {
      name: "@octokit/webhooks-methods",
      isAsync: true,
      call: () => verify(secret, text, header),
    },
    { name: "@hookflo/tern", isAsync: true, call: () => withTern(text, headers) },
    {
      name: "crypto-js",
      call: () => `sha256=${CryptoJs.HmacSHA256(text, secret).toString()}` === header,
    },
  ];
};
