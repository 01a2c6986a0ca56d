import { action, input, util } from "@prismatic-io/spectral";
import { fetchText } from "../../http/fetch-text";
import { findProvider } from "../../providers/catalogue";
import { verifySignature as verify } from "../../signatures/verify-signature";
import { readSigningSecrets } from "../connections/signing-secret";
import { toHeaders, toUrl } from "../inputs/clean";
import { deliveryInputs } from "../inputs/delivery";
import { checkOptions } from "../provider-options";
import { toRequest } from "../receive";
import { toVerdictReport } from "../verdict-report";

const { provider, signingSecret, toleranceSeconds, options } = deliveryInputs;

export const verifySignature = action({
  display: {
    label: "Verify Signature",
    description:
      "Verify that a request that was received some other way comes from its provider, without failing the flow when it does not.",
  },
  inputs: {
    provider,
    signingSecret,
    headers: input({
      label: "Headers",
      type: "data",
      required: true,
      comments: "The headers of the request, as an object or as JSON.",
      placeholder: "Reference the headers of the request",
      example:
        '{"X-Hub-Signature-256":"sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"}',
      clean: toHeaders,
    }),
    body: input({
      label: "Body",
      type: "data",
      required: true,
      comments:
        "The bytes of the request exactly as they were sent: reference the raw body, not the parsed one.",
      placeholder: "Reference the raw body of the request",
      example: "Hello, World!",
      clean: (value: unknown): unknown =>
        util.types.isBufferDataPayload(value) ? value.data : value,
    }),
    url: input({
      label: "URL",
      type: "string",
      required: false,
      comments: "The URL exactly as it was given to the provider, for providers that sign it.",
      placeholder: "Enter the URL that the provider called",
      example: "https://hooks.example.com/trigger/SW5zdGFuY2VGbG93Q29uZmlnOjE=",
      clean: toUrl("URL"),
    }),
    toleranceSeconds,
    options,
  },
  perform: async (_context, params) => {
    const chosen = findProvider(params.provider);
    const { secrets, username } = readSigningSecrets(params.signingSecret);
    const verdict = await verify(chosen.signature, {
      request: toRequest({
        headers: params.headers,
        query: Object.fromEntries(new URLSearchParams(params.url.split("?")[1] ?? "")),
        body: params.body,
        url: params.url,
      }),
      secrets,
      username,
      options: checkOptions(chosen, params.options),
      now: new Date(),
      fetchKey: fetchText,
      ...(params.toleranceSeconds !== undefined && { toleranceSeconds: params.toleranceSeconds }),
    });
    return { data: toVerdictReport(verdict, chosen) };
  },
  examplePayload: {
    data: { verdict: "verified", reason: null, detail: null, secretIndex: 0 },
  },
});
