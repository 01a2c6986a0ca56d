import { createHmac, timingSafeEqual } from "node:crypto";
import { WebhookVerificationService } from "@hookflo/tern";
import Stripe from "stripe";
import { accepts, tampered, toEvidence } from "./delivery.js";

const secret = "whsec_5WJ0kmC3lRBVWTrMJv3ZYwNpVbMYQyHD";
const TOLERANCE_SECONDS = 300;

const sign = (time, body) =>
  createHmac("sha256", secret).update(time).update(".").update(body).digest("hex");

/** The least that Stripe's scheme asks for: two values out of one header, the age, the MAC. */
const bare = (body, header) => {
  const [time, signature] = header.split(",");
  const digest = createHmac("sha256", secret)
    .update(time.slice(2))
    .update(".")
    .update(body)
    .digest();
  return (
    Math.abs(Date.now() / 1000 - Number(time.slice(2))) <= TOLERANCE_SECONDS &&
    timingSafeEqual(Buffer.from(signature.slice(3), "hex"), digest)
  );
};

const withTern = async (body, headers) => {
  const request = new Request("https://hooks.example.com/", { method: "POST", headers, body });
  const options = { platform: "stripe", secret };
  return (await WebhookVerificationService.verify(request, options)).isValid;
};

/** Stripe's scheme: hex HMAC-SHA256 of time and body. */
export const toContenders = (hookline, body, isGenuine) => {
  const time = String(Math.floor(Date.now() / 1000));
  const header = `t=${time},v1=${sign(time, isGenuine ? body : tampered(body))}`;
  const headers = { "stripe-signature": header };
  const evidence = toEvidence(headers, body, secret);
  const { findProvider, verifySignature } = hookline;
  const scheme = findProvider("stripe").signature;
  const { signature, constructEvent } = Stripe.webhooks;
  const construct = constructEvent.bind(Stripe.webhooks);
  const text = body.toString();
  return [
    { name: "node:crypto", call: () => bare(body, header) },
    {
      name: "Hookline",
      call: () => verifySignature(scheme, evidence()).kind === "verified",
    },
    {
      name: "stripe verifyHeader",
      call: () => accepts(() => signature.verifyHeader(text, header, secret, TOLERANCE_SECONDS)),
    },
    {
      name: "stripe constructEvent (parses, too)",
      call: () => accepts(() => construct(text, header, secret, TOLERANCE_SECONDS)),
    },
    { name: "@hookflo/tern", isAsync: true, call: () => withTern(text, headers) },
  ];
};
