import { HooklineError } from "../../errors";
import type { OutboundRequest } from "../../http/outbound-request";

const TIMEOUT_MILLISECONDS = 35_000;

export interface Posted {
  readonly status: number;
  readonly body: string;
  readonly milliseconds: number;
}

/** Posts a delivery as it is and waits for the answer; redirects are answers. */
export const postDelivery = async ({
  method,
  url,
  headers,
  body,
}: OutboundRequest): Promise<Posted> => {
  const started = performance.now();
  try {
    const response = await fetch(url, {
      method,
      headers: { ...headers },
      ...(body.length > 0 && { body: new Uint8Array(body) }),
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
    const text = await response.text();
    return { status: response.status, body: text, milliseconds: performance.now() - started };
  } catch (cause) {
    const { host } = new URL(url);
    throw new HooklineError(
      "DELIVERY_FAILED",
      `Nothing answered at ${host}. Is the runner there? Start it with "hookline dev".`,
      { cause, retryable: true },
    );
  }
};
