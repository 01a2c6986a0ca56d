import type { InboundRequest } from "../http/inbound-request";
import type { Evidence } from "../signatures/scheme";
import { type Rejected, unsigned, type Verdict } from "../signatures/verdict";
import { verifySignature } from "../signatures/verify-signature";
import { answerChallenge } from "./answer-challenge";
import { checkRequest } from "./check-request";
import { toDelivery, toRejectedDelivery } from "./describe-delivery";
import type { Outcome } from "./outcome";
import { readDelivery } from "./read-delivery";
import type { DeliverySettings } from "./settings";

/** Written out, because a rest of the settings would be an object that is slow to read from. */
const toEvidence = (
  request: InboundRequest,
  { secrets, username, options, now, toleranceSeconds, fetchText }: DeliverySettings,
): Evidence => ({
  request,
  secrets,
  options,
  now,
  fetchKey: fetchText,
  ...(username !== undefined && { username }),
  ...(toleranceSeconds !== undefined && { toleranceSeconds }),
});

const verify = (request: InboundRequest, settings: DeliverySettings): Verdict | Promise<Verdict> =>
  settings.isSimulated
    ? unsigned
    : verifySignature(settings.provider.signature, toEvidence(request, settings));

const refuse = (
  request: InboundRequest,
  settings: DeliverySettings,
  { reason, detail }: Pick<Rejected, "reason" | "detail">,
  reply = settings.provider.rejection,
): Outcome => ({
  kind: "rejected",
  reason,
  detail,
  delivery: toRejectedDelivery(request, settings, { reason, detail }),
  ...(reply && { reply }),
});

type Accepted = Exclude<Verdict, Rejected>;

/** What becomes of a request that is a challenge due now; nothing for any other. */
const settleChallenge = async (
  request: InboundRequest,
  settings: DeliverySettings,
  verdict: Accepted,
  isVerified: boolean,
): Promise<Outcome | undefined> => {
  const outcome = await answerChallenge(request, settings, isVerified);
  if (outcome?.kind === "refused") return refuse(request, settings, outcome, outcome.reply);
  if (!outcome) return undefined;
  const delivery = toDelivery(request, settings, verdict, []);
  return { kind: "challenge", reply: outcome.reply, delivery };
};

const accept = async (
  request: InboundRequest,
  settings: DeliverySettings,
  verdict: Accepted,
): Promise<Outcome> => {
  const { acknowledgement } = settings.provider;
  const { body, events, bodyHash } = await readDelivery(request, settings.provider);
  const reply = typeof acknowledgement === "function" ? acknowledgement(request) : acknowledgement;
  const delivery = toDelivery(request, settings, verdict, events, bodyHash);
  return { kind: "accepted", delivery, body, ...(reply && { reply }) };
};

/** The one place that knows the order: cheap checks, unsigned challenge, signature, signed challenge, and only then the body. */
export const processDelivery = async (
  request: InboundRequest,
  settings: DeliverySettings,
): Promise<Outcome> => {
  const objection = checkRequest(request, settings);
  if (objection) return refuse(request, settings, objection);

  const beforeVerifying = await settleChallenge(request, settings, unsigned, false);
  if (beforeVerifying) return beforeVerifying;

  const verdict = await verify(request, settings);
  if (verdict.kind === "rejected") return refuse(request, settings, verdict);

  const afterVerifying = await settleChallenge(request, settings, verdict, true);
  return afterVerifying ?? accept(request, settings, verdict);
};
