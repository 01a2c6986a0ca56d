import type { OutboundRequest } from "../../http/outbound-request";
import { findProvider, providers } from "../../providers/catalogue";
import type { Provider } from "../../providers/provider";
import type { SignatureScheme } from "../../signatures/scheme";
import { prepareDeliveries } from "../send/prepare-deliveries";
import { isManagedFor, type SendTarget } from "../send/send-target";
import type { DemoDelivery } from "./demo-delivery";
import { tellStory } from "./tell-story";

const ONE_DAY_MILLISECONDS = 86_400_000;

const signsTime = (scheme: SignatureScheme): boolean =>
  scheme.kind === "choice"
    ? Object.values(scheme.schemes).some(signsTime)
    : "timestamp" in scheme && scheme.timestamp !== undefined;

const prepare = async (
  provider: Provider,
  target: SendTarget,
  { at, forge = false, event }: { at: Date; forge?: boolean; event?: string },
): Promise<OutboundRequest> => {
  const plan = { count: 1, duplicates: 0, forge, shuffle: false };
  const [request] = await prepareDeliveries(provider, target, { event, now: at, plan });
  return request as OutboundRequest;
};

const ofProvider = async (
  provider: Provider,
  target: SendTarget,
  now: Date,
): Promise<readonly DemoDelivery[]> => {
  const genuine = await prepare(provider, target, { at: now });
  const stale = new Date(now.getTime() - ONE_DAY_MILLISECONDS);
  return [
    { shows: "a genuine delivery", request: genuine },
    { shows: "the same delivery again", request: genuine },
    {
      shows: "a forged delivery: one bit was changed",
      request: await prepare(provider, target, { at: now, forge: true }),
    },
    ...(signsTime(provider.signature)
      ? [
          {
            shows: "a delivery that was signed yesterday",
            request: await prepare(provider, target, { at: stale }),
          },
        ]
      : []),
    ...(provider.challengeSample
      ? [
          {
            shows: "the provider's test of the endpoint",
            request: await prepare(provider, target, { at: now, event: "challenge" }),
          },
        ]
      : []),
  ];
};

const anything = (url: string, shows: string, contentType: string, body: string): DemoDelivery => ({
  shows,
  request: {
    method: "POST",
    url,
    headers: { "content-type": contentType },
    body: Buffer.from(body),
  },
});

const ORDER = '{"type":"order.paid","order":{"id":42}}';

/** What a flow that subscribes by itself gets from somebody else. */
const ofStranger = ({ url }: SendTarget): readonly DemoDelivery[] => [
  anything(url, "a stranger's delivery, not signed", "application/json", ORDER),
];

/** What nobody signed: JSON, XML, and nothing at all. */
const unsigned = ({ url }: SendTarget): readonly DemoDelivery[] => [
  anything(url, "JSON, not signed", "application/json", ORDER),
  anything(
    url,
    "XML, not signed",
    "application/xml",
    "<order><id>42</id><state>paid</state></order>",
  ),
  { shows: "an empty GET", request: { method: "GET", url, headers: {}, body: Buffer.alloc(0) } },
];

/** A short burst for one flow: what should be accepted, and what should not. */
export const toDemoDeliveries = async (
  target: SendTarget,
  now: Date,
): Promise<readonly DemoDelivery[]> => {
  if (target.provider !== null) {
    const provider: Provider = findProvider(target.provider);
    const { story } = provider;
    return story && target.queue !== null
      ? tellStory(provider, story, target, now)
      : ofProvider(provider, target, now);
  }
  const isManaged = providers.some((provider) => isManagedFor(target, provider));
  return isManaged ? ofStranger(target) : unsigned(target);
};
