import { createHmac } from "node:crypto";
import type { Connection, TriggerPayload } from "@prismatic-io/spectral";
import component from "../../src";

export const SECRET = "a secret of the test";

export const signingSecret = (
  fields: Record<string, unknown> = { secret: SECRET },
): Connection => ({
  key: "signingSecret",
  configVarKey: "Signing Secret",
  fields,
});

export interface Received {
  readonly headers?: Record<string, string>;
  readonly query?: Record<string, string> | null;
  readonly body?: unknown;
  readonly pathFragment?: string;
  readonly invokeUrl?: string;
}

/** What the platform hands over: original header case, a Buffer as raw body, no query as null. */
const platformPayload = ({
  headers = {},
  query = null,
  body = "",
  pathFragment = "",
  invokeUrl = "https://hooks.example.com/trigger/SW5zdGFuY2U=",
}: Received): TriggerPayload => ({
  headers,
  queryParameters: query as Record<string, string>,
  rawBody: { data: typeof body === "string" ? Buffer.from(body) : body },
  body: { data: undefined },
  pathFragment,
  webhookUrls: { "Flow 1": invokeUrl },
  webhookApiKeys: { "Flow 1": [] },
  invokeUrl,
  executionId: "SW5zdGFuY2VFeGVjdXRpb25SZXN1bHQ6MQ==",
  customer: { id: "testCustomerId", name: "Test Customer", externalId: "testCustomerExternalId" },
  instance: { id: "testInstanceId", name: "Test Instance" },
  user: { id: "testUserId", email: "t@example.com", name: "Test User", externalId: "" },
  integration: { id: "i", name: "Integration", versionSequenceId: "1", externalVersion: "" },
  flow: { id: "f", name: "Flow 1", stableId: "stable-1" },
  startedAt: "2026-11-21 03:00:00.01904+00",
  globalDebug: false,
});

export interface TriggerOutcome {
  readonly payload: TriggerPayload & { readonly delivery: Record<string, unknown> };
  readonly branch: string;
  readonly response?: {
    readonly statusCode: number;
    readonly contentType: string;
    readonly headers?: Record<string, string>;
    readonly body?: string;
  };
}

/** Performs a trigger as the platform does: raw inputs, three arguments. Returns what was logged, too. */
export const performTrigger = async (
  key: "catchRawWebhook" | "catchProviderWebhook",
  received: Received,
  inputs: Record<string, unknown>,
  context: Record<string, unknown> = {},
): Promise<TriggerOutcome & { readonly logged: readonly string[] }> => {
  const logged: string[] = [];
  const log = (...parts: unknown[]) => logged.push(parts.join(" "));
  const logger = { metric: log, trace: log, debug: log, info: log, log, warn: log, error: log };
  const { perform } = component.triggers[key] as unknown as {
    perform: (...parts: unknown[]) => Promise<TriggerOutcome>;
  };
  const outcome = await perform({ logger, ...context }, platformPayload(received), inputs);
  return { ...outcome, logged };
};

export const githubSignature = (body: string | Buffer, secret = SECRET): string =>
  `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
