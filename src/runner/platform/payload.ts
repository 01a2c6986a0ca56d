import type { FlowContext, RunCall } from "../isolation/messages";
import { isMultipart, parseBody } from "./body";
import { readHeader, toHeaders, toQueryParameters } from "./headers";
import { readMultipart } from "./multipart";
import type { PlatformUnknowns } from "./unknowns";

/** The second argument of a trigger's perform function (spectral's `TriggerPayload`). */
type TriggerPayload = Readonly<Record<string, unknown>>;

export type PayloadOutcome =
  | { readonly isRefused: false; readonly payload: TriggerPayload }
  | { readonly isRefused: true; readonly message: string };

const toFragment = (raw: string, unknowns: PlatformUnknowns): string => {
  if (!unknowns.decodesPathFragment) return raw;
  try {
    return decodeURIComponent(raw);
  } catch {
    return raw;
  }
};

const toContentPart = (data: unknown, contentType: string | undefined): object =>
  contentType === undefined ? { data } : { data, contentType };

/**
 * A request as the platform hands it to a trigger, or the message of the 400 that the trigger never sees.
 *
 * @param parts what a multipart body consists of, where it is one and is well-formed.
 */
export const toPayload = (
  call: RunCall,
  body: Buffer,
  context: FlowContext,
  unknowns: PlatformUnknowns,
  parts: object | undefined,
): PayloadOutcome => {
  const contentType = readHeader(call.rawHeaders, "content-type");
  const parsed = parseBody(body, contentType, unknowns);
  if (parsed.isRefused) return parsed;
  return {
    isRefused: false,
    payload: {
      headers: toHeaders(call.rawHeaders, unknowns),
      queryParameters: toQueryParameters(call.query, unknowns),
      rawBody: toContentPart(body, contentType),
      body: toContentPart(parts ?? parsed.data, contentType),
      pathFragment: toFragment(call.pathFragment, unknowns),
      webhookUrls: context.webhookUrls,
      webhookApiKeys: context.webhookApiKeys,
      invokeUrl: context.invokeUrl,
      executionId: call.executionId,
      customer: context.customer,
      instance: context.instance,
      user: context.user,
      integration: context.integration,
      flow: context.flow,
      startedAt: call.startedAt,
      globalDebug: false,
    },
  };
};

/** The parts of a multipart request; nothing for any other, or one that is not well-formed. */
export const readParts = (call: RunCall, body: Buffer): Promise<object | undefined> | undefined => {
  const contentType = readHeader(call.rawHeaders, "content-type");
  return isMultipart(contentType) && body.length > 0 ? readMultipart(body, contentType) : undefined;
};
